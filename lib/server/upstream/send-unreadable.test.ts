import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { describe, expect, it, vi } from "vitest";

import { answerTo, budgets, key, page, send } from "./testing/send-once";
import { startUpstream, type Answering } from "./testing/upstream-server";

describe("an unreadable answer", () => {
  const inflated = Buffer.alloc(20_000_000, " ");
  const gzipBomb = gzipSync(inflated);
  const brotliBomb = brotliCompressSync(inflated, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

  it.each<[string, Answering]>([
    [
      "an unknown encoding",
      (response) => response.writeHead(200, { ...page, "content-encoding": "zstd2" }).end("{}"),
    ],
    [
      "damaged gzip",
      (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end("{}"),
    ],
    [
      "truncated gzip",
      (response) =>
        response.writeHead(200, { ...page, "content-encoding": "gzip" }).end(gzipSync("{}").subarray(0, 12)),
    ],
    [
      "a gzip bomb",
      (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end(gzipBomb),
    ],
    [
      "a brotli bomb",
      (response) => response.writeHead(200, { ...page, "content-encoding": "br" }).end(brotliBomb),
    ],
    ["a byte too many", (response) => response.writeHead(200, page).end("x".repeat(budgets.bytes + 1))],
  ])("is what %s makes", async (_, answering) => {
    expect(await answerTo(answering)).toMatchObject({ code: "unreadable_reply", raw: null });
  });

  it.each([
    ["text/html", `<h1>Sign in, ${key}</h1>`, "<h1>Sign in, [redacted]</h1>"],
    ["text/plain", "{}", "{}"],
  ])("of type %s is kept for the operator, with the key redacted", async (type, sent, kept) => {
    const failure = await answerTo((response) => response.writeHead(200, { "content-type": type }).end(sent));
    expect(failure).toMatchObject({ code: "unreadable_reply", raw: { body: kept, isShortened: false } });
  });

  it("of another type is also abandoned at the limit", async () => {
    const page = "x".repeat(budgets.bytes + 1);
    const failure = await answerTo((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end(page),
    );
    expect(failure).toMatchObject({ code: "unreadable_reply", raw: null });
  });

  it.each<[string, Answering]>([
    ["plain", (response) => response.writeHead(200, page).end("x".repeat(budgets.bytes + 1))],
    ["packed", (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end(gzipBomb)],
  ])("that is too large, %s, names the limit", async (_, answering) => {
    const failure = await answerTo(answering);
    expect(failure).toHaveProperty(
      "message",
      `Cerebras sent a reply larger than ${budgets.bytes} bytes, which Rollcall does not read.`,
    );
  });

  it("of a gigabyte is abandoned at the limit", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, " ");
    let isClosed = false;
    const { url } = await startUpstream((response) => {
      response.writeHead(200, { ...page, "content-length": "1000000000" });
      const more = () => {
        while (!response.destroyed && sent < 1_000_000_000) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      response.on("close", () => (isClosed = true));
      more();
    });
    expect(await send(url)).toMatchObject({ code: "unreadable_reply" });
    await vi.waitFor(() => expect(isClosed).toBe(true));
    expect(sent).toBeLessThan(20_000_000);
  });
});

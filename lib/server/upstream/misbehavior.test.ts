import { inspect } from "node:util";
import { gzipSync } from "node:zlib";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createUpstreamClient } from "./client";
import { startRawUpstream, startUpstream, status, type Answering } from "./testing/upstream-server";

const key = "csk-management-key";
const page = { "content-type": "application/json" };
const text = `{"deployed_models":[]}`;

function open(baseUrl: URL) {
  const client = createUpstreamClient({
    baseUrl,
    readKey: () => Promise.resolve(key),
    userAgent: "Rollcall/test",
    budgets: { connect: 20_000, whole: 20_000, bytes: 64 * 1024 },
  });
  onTestFinished(() => client.close());
  return client;
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("an odd but complete reply", () => {
  it.each<[string, string]>([
    ["early hints before it", `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n`],
    ["no word for its status", "HTTP/1.1 200\r\n"],
    ["an old protocol", "HTTP/1.0 200 OK\r\n"],
    ["a type in a header twice", "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"],
    ["a byte order mark in its header", "HTTP/1.1 200 OK\r\nx-odd: \u00ef\u00bb\u00bf\r\n"],
  ])("is read: %s", async (_, head) => {
    const url = await startRawUpstream((socket) =>
      socket.end(`${head}content-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`),
    );
    expect((await open(url).readEndpoint("a")).report.deployments).toEqual([]);
  });

  it("is read one byte at a time", async () => {
    const { url } = await startUpstream((response) => {
      response.writeHead(200, page);
      for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
      response.end();
    });
    expect((await open(url).readEndpoint("a")).raw.body).toBe(text);
  });

  it("is stored decoded", async () => {
    const { url } = await startUpstream((response) =>
      response.writeHead(200, { ...page, "content-encoding": "GZIP " }).end(gzipSync(text)),
    );
    expect((await open(url).readEndpoint("a")).raw).toMatchObject({ body: text, bytes: text.length });
  });
});

describe("an unreadable reply", () => {
  it.each<[string, Answering]>([
    ["empty", (response) => response.writeHead(200, page).end()],
    ["empty gzip", (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end()],
    ["NaN", (response) => response.writeHead(200, page).end(`{"deployed_models":NaN}`)],
    ["truncated", (response) => response.writeHead(200, page).end(text.slice(0, -3))],
    ["UTF-16", (response) => response.writeHead(200, page).end(Buffer.from(text, "utf16le"))],
    [
      "gzip twice",
      (response) =>
        response.writeHead(200, { ...page, "content-encoding": "gzip, gzip" }).end(gzipSync(gzipSync(text))),
    ],
    [
      "more headers than are read",
      (response) => response.writeHead(200, { "x-a": "b".repeat(20_000) }).end(text),
    ],
  ])("fails with a sentence and does not open the circuit: %s", async (_, answering) => {
    const { url } = await startUpstream(answering);
    const client = open(url);
    for (let count = 0; count < 9; count += 1) {
      expect(await failureOf(client.readEndpoint("a"))).toMatchObject({
        code: "unreadable_reply",
        message: "Cerebras sent a reply that cannot be read.",
      });
    }
    expect(client.findHold()).toBeNull();
  });
});

describe("an error reply without an end", () => {
  it.each([401, 404, 500, 302])("with status %i is abandoned at once", async (code) => {
    let isClosed = false;
    const { url } = await startUpstream((response) => {
      response.writeHead(code, { ...page, "retry-after": "1" });
      const timer = setInterval(() => response.write("x".repeat(65_536)), 5);
      response.on("close", () => {
        clearInterval(timer);
        isClosed = true;
      });
    });
    expect(await failureOf(open(url).readEndpoint("a"))).toMatchObject({ status: code });
    await vi.waitFor(() => expect(isClosed).toBe(true));
  });
});

describe("a failure", () => {
  const canary = `canary ${key}`;

  it.each([300, 301, 307, 401, 402, 403, 404, 408, 418, 422, 429, 500, 502, 503, 504, 529])(
    "after a %i contains neither upstream text nor the key",
    async (code) => {
      const { url } = await startUpstream((response) => {
        const headers = { ...page, "retry-after": canary, "x-canary": canary, "set-cookie": canary };
        response.writeHead(code, canary, headers).end(`{"detail":"${canary}"}`);
      });
      const client = open(url);
      for (const failure of [
        await failureOf(client.readEndpoint("a")),
        await failureOf(client.listEndpoints("acme")),
      ]) {
        expect(failure).toMatchObject({ status: code });
        expect(failure).toHaveProperty("message", expect.stringMatching(/^[A-Z].+\.$/));
        const reported = inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure);
        expect(reported).not.toContain(canary.slice(0, 7));
        expect(reported).not.toContain(key);
      }
    },
  );

  it.each([
    ["a moment from now", 20_000, 20_000],
    ["long past", -86_400_000, 1_000],
    ["far away", 86_400_000, 900_000],
  ])("after a 429 until a date %s contains the wait", async (_, ahead, expected) => {
    const date = new Date(Date.now() + ahead).toUTCString();
    const { url } = await startUpstream(status(429, { "retry-after": date }));
    const failure = await failureOf(open(url).readEndpoint("a"));
    expect(failure).toHaveProperty("retryAfter", expect.closeTo(expected, -4));
  });

  it("is also the result of a call through a closed client", async () => {
    const { url, arrivals } = await startUpstream(() => undefined);
    const client = open(url);
    const pending = failureOf(client.readEndpoint("a"));
    await vi.waitFor(() => expect(arrivals).toHaveLength(1));
    await client.close();
    const unreachable = { name: "UpstreamFailure", code: "unreachable" };
    expect(await pending).toMatchObject(unreachable);
    expect(await failureOf(client.readEndpoint("a"))).toMatchObject(unreachable);
  });
});

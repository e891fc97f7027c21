import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

import { describe, expect, it, onTestFinished } from "vitest";

import { createSender } from "./send";
import { answerTo, budgets, key, page, send } from "./testing/send-once";
import { json, startUpstream } from "./testing/upstream-server";

describe("an answer", () => {
  it.each([
    ["application/json"],
    ["application/json; charset=utf-8"],
    ["Application/JSON"],
    ["application/vnd.cerebras+json"],
    ["text/json"],
  ])("of type %s is read", async (type) => {
    expect(await answerTo((response) => response.writeHead(200, { "content-type": type }).end("{}"))).toBe(
      "{}",
    );
  });

  it("without a type is read", async () => {
    expect(await answerTo((response) => response.writeHead(200).end("{}"))).toBe("{}");
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("in %s is decoded", async (encoding, compress) => {
    const headers = { ...page, "content-encoding": encoding };
    expect(await answerTo((response) => response.writeHead(200, headers).end(compress("{}")))).toBe("{}");
  });

  it("just within the limit is read completely", async () => {
    const body = "x".repeat(budgets.bytes);
    expect(await answerTo((response) => response.writeHead(200, page).end(body))).toBe(body);
  });

  it("that sets a cookie is read, and the cookie is not sent back", async () => {
    const { url, arrivals } = await startUpstream((response) =>
      response.writeHead(200, { ...page, "set-cookie": "session=canary" }).end("{}"),
    );
    const sender = createSender("Rollcall/test", { budgets });
    onTestFinished(() => sender.close());
    await sender.send(url, key);
    await sender.send(url, key);
    expect(arrivals.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });
});

describe("a request", () => {
  it("is a GET with the key in the Authorization header only", async () => {
    const { url, arrivals } = await startUpstream(json({}));
    await send(new URL("/management/v1/endpoints/acme", url));
    expect(arrivals).toHaveLength(1);
    expect(arrivals[0]).toMatchObject({
      method: "GET",
      path: "/management/v1/endpoints/acme",
      headers: { authorization: `Bearer ${key}`, "user-agent": "Rollcall/test", accept: "application/json" },
    });
  });
});

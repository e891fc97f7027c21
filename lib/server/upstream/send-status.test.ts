import { inspect } from "node:util";

import { describe, expect, it, onTestFinished } from "vitest";

import { createSender } from "./send";
import { answerTo, budgets, key, send } from "./testing/send-once";
import { json, startUpstream, status } from "./testing/upstream-server";

describe("a status other than 200", () => {
  it.each<[number, string, RegExp]>([
    [201, "unexpected_answer", /201/],
    [204, "unexpected_answer", /204/],
    [206, "unexpected_answer", /206/],
    [300, "unexpected_redirect", /redirect/],
    [304, "unexpected_redirect", /redirect/],
    [400, "unexpected_answer", /400/],
    [401, "key_rejected", /rejects the management key/],
    [402, "unexpected_answer", /402/],
    [403, "key_lacks_access", /lacks access/],
    [404, "not_found", /404/],
    [407, "unexpected_answer", /407/],
    [408, "upstream_error", /408/],
    [418, "unexpected_answer", /418/],
    [422, "unexpected_answer", /422/],
    [429, "rate_limited", /slow down/],
    [500, "upstream_error", /500/],
    [502, "upstream_error", /502/],
    [503, "upstream_error", /503/],
    [504, "upstream_error", /504/],
    [599, "upstream_error", /599/],
  ])("%i is %s, with a sentence", async (code, expected, message) => {
    const failure = await answerTo(status(code));
    expect(failure).toMatchObject({ code: expected, status: code });
    expect(failure).toHaveProperty("message", expect.stringMatching(message));
    // People never read what upstream wrote into the body.
    expect(inspect(failure)).not.toContain("detail: no");
  });

  it.each([301, 302, 303, 307, 308])("%i is not followed, and the key is sent once", async (code) => {
    const elsewhere = await startUpstream(json({}));
    for (const location of [
      new URL("/secret?token=canary", elsewhere.url).href,
      "/elsewhere",
      "//evil.example/x",
      "\\x",
    ]) {
      const { url, arrivals } = await startUpstream(status(code, { location }));
      const failure = await send(url);
      expect(failure).toMatchObject({ code: "unexpected_redirect", status: code });
      expect(arrivals).toHaveLength(1);
      expect(inspect(failure)).not.toContain("canary");
    }
    expect(elsewhere.arrivals).toEqual([]);
  });

  it.each([
    ["/elsewhere", "302 to the same host"],
    ["https://evil.example:8443/collect?token=canary", "302 to evil.example:8443"],
    ["//evil.example/collect", "302 to evil.example"],
    ["https://user:canary@evil.example/", "302 to evil.example"],
    ["http://[", "302 to nowhere"],
    [`https://${"a.".repeat(120)}example/`, `302 to ${"a.".repeat(50)}`],
  ])("302 to %s is logged with its host only", async (location, detail) => {
    expect(await answerTo(status(302, { location }))).toMatchObject({ detail });
  });

  it("leaves the connection pool usable", async () => {
    const { url, answerWith } = await startUpstream(status(500));
    const sender = createSender("Rollcall/test", { budgets });
    onTestFinished(() => sender.close());
    for (let count = 0; count < 40; count += 1) await sender.send(url, key).catch(() => undefined);
    answerWith(json({ ok: true }));
    expect((await sender.send(url, key)).toString()).toBe(`{"ok":true}`);
  });
});

describe("the key", () => {
  const oddKeys = ["csk\r\nx: injected", "csk\0null", "csk\nsecond", "schlüssel-ключ", "csk%0d%0a\"'\\ {}"];

  it.each(oddKeys)("%j appears in no part of any failure", async (odd) => {
    const { url, arrivals } = await startUpstream(status(401, { "x-echo": "none" }));
    const refused = new URL("http://127.0.0.1:1");
    for (const failure of [await send(url, odd), await send(refused, odd)]) {
      const reported = [
        inspect(failure, { depth: 9, showHidden: true }),
        JSON.stringify(failure),
        String(failure),
      ];
      for (const text of [...reported, failure instanceof Error ? (failure.stack ?? "") : ""]) {
        expect(text).not.toContain(odd);
        expect(text).not.toContain(odd.slice(0, 6));
        expect(text).not.toContain(JSON.stringify(odd).slice(1, -1));
      }
      expect(failure).not.toHaveProperty("cause");
    }
    expect(arrivals.every(({ headers }) => headers["x"] === undefined)).toBe(true);
  });

  it.each(["csk\r\nx: injected", "csk\n", "csk\0null", "csk second", "schlüssel", ""])(
    "%j is not a usable key: nothing is sent, and the failure names the key",
    async (odd) => {
      const { url, arrivals } = await startUpstream(json({}));
      expect(await send(url, odd)).toMatchObject({ code: "key_rejected", detail: "unusable key" });
      expect(arrivals).toEqual([]);
    },
  );
});

import { inspect } from "node:util";

import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";

import { createUpstreamClient } from "./client";
import { startUpstream } from "./testing/upstream-server";
import { withoutKey } from "./without-key";

const key = `csk-a/b+c=<d>&"e"\\f'`;

function escape(character: string, isUpper: boolean): string {
  const digits = character.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${isUpper ? digits.toUpperCase() : digits}`;
}

/** The key as the JSON writers of several languages encode it. */
const spellings: [string, string][] = [
  ["plainly", JSON.stringify(key).slice(1, -1)],
  ["with escaped slashes", JSON.stringify(key).slice(1, -1).replaceAll("/", "\\/")],
  [
    "with escaped markup",
    JSON.stringify(key)
      .slice(1, -1)
      .replace(/[<>&'=+]/g, (character) => escape(character, false)),
  ],
  ["all in escapes", Array.from(key, (character) => escape(character, false)).join("")],
  ["all in escapes, upper case", Array.from(key, (character) => escape(character, true)).join("")],
];

describe("a reply that echoes the key", () => {
  it.each(spellings)("%s is stored without it, in the report and in the raw reply", async (_, spelling) => {
    const body = `{"deployed_models":[{"id":"d","error":"for ${spelling}!"}],"${spelling}":1}`;
    const { url } = await startUpstream((response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(body),
    );
    const client = createUpstreamClient({
      baseUrl: url,
      readKey: () => Promise.resolve(key),
      userAgent: "Rollcall/test",
    });
    onTestFinished(() => client.close());
    const reply = await client.readEndpoint("a");
    expect(reply.report.deployments[0]?.state.errorMessage).toBe("for [redacted]!");
    expect(reply.raw.unreadFields).toEqual(["[redacted]"]);
    expect(reply.raw.body).not.toContain(spelling);
    expect(inspect(reply, { depth: 9 })).not.toContain("csk-a");
  });

  it("is stored without it in every mixture of escapes", () => {
    const mixture = fc.tuple(...Array.from(key, (each) => fc.constantFrom(...waysToWrite(each))));
    fc.assert(
      fc.property(mixture, (pieces) => {
        const text = `{"ü€":"${pieces.join("")}"}`;
        expect(JSON.parse(text)).toEqual({ "ü€": key });
        expect(withoutKey(Buffer.from(text), key).toString()).toBe(`{"ü€":"[redacted]"}`);
      }),
    );
  });

  it.each(["", "{}", `{"a":"csk-a"}`, `{"a":"${"\\u0063".repeat(50)}"}`])("and %j is left alone", (text) => {
    const bytes = Buffer.from(text);
    expect(withoutKey(bytes, key)).toBe(bytes);
    expect(withoutKey(Buffer.from([0xff, 0x7b]), key)).toEqual(Buffer.from([0xff, 0x7b]));
  });

  it("is searched fast, even if it resembles the key", () => {
    const almost = `${"\\".repeat(500_000)}${"csk-a/b+c=".repeat(50_000)}`;
    const startedAt = performance.now();
    withoutKey(Buffer.from(almost), key);
    withoutKey(Buffer.from("a".repeat(1_000_000)), "a".repeat(60) + "b");
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

function waysToWrite(character: string): string[] {
  const escaped = [escape(character, false), escape(character, true), JSON.stringify(character).slice(1, -1)];
  return character === "/" ? [...escaped, "\\/"] : escaped;
}

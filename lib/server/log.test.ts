import { describe, expect, it } from "vitest";

import { createLog } from "./log";

describe("the log", () => {
  it.each(["plain-key", 'quo"te\\slash', "per%cent/key"])("never writes the secret %j", (secret) => {
    const lines: string[] = [];
    const log = createLog(
      () => [secret],
      (line) => lines.push(line),
    );
    log.warn(
      { nested: { header: `Bearer ${secret}` }, url: encodeURIComponent(secret) },
      `message with ${secret}`,
    );
    const text = lines.join("");
    expect(text).toContain("[redacted]");
    expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it("writes an error with its stack and its causes, and none of the values that an engine adds", () => {
    const lines: string[] = [];
    const log = createLog(
      () => ["plain-key"],
      (line) => lines.push(line),
    );
    const cause = new Error("connection to plain-key lost");
    const error = Object.assign(new TypeError("no row", { cause }), { code: "23505", parameters: ["row"] });
    log.error({ err: error }, "history write failed");
    log.error({ err: "a string" }, "history write failed");
    const [first, second] = lines.map((line): unknown => JSON.parse(line));
    expect(first).toMatchObject({ err: { type: "TypeError", code: "23505" } });
    expect(lines[0]).toContain("log.test.ts");
    expect(lines[0]).toContain("connection to [redacted] lost");
    expect(lines[0]).not.toContain("parameters");
    expect(second).toMatchObject({ err: "a string" });
  });

  it("writes one JSON line with level, time and message", () => {
    const lines: string[] = [];
    createLog(
      () => [],
      (line) => lines.push(line),
    ).info({ endpoint: "a" }, "Watching.");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", endpoint: "a", msg: "Watching." });
  });
});

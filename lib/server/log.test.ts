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

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readSettingsFile } from "./settings-file";

let directory = "";
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "rollcall-config-"))));
afterAll(() => rmSync(directory, { recursive: true }));

function read(content: string | Uint8Array) {
  const file = join(directory, "rollcall.yaml");
  writeFileSync(file, content);
  return readSettingsFile(file, { ACME_KEY: "csk-acme" });
}

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("a settings file of any shape", () => {
  it.each<[string, string, RegExp]>([
    ["a sequence of 3,000 levels", "- ".repeat(3_000), /deeper than 32 levels/],
    ["5,000 brackets", nested(5_000), /deeper than 32 levels/],
    ["open brackets to the limit", "[".repeat(256 * 1_024), /deeper than 32 levels/],
    ["keys within keys", "? ".repeat(3_000), /deeper than 32 levels/],
    ["33 levels", `organizations: ${nested(33)}`, /deeper than 32 levels/],
    ["31 levels", `organizations: ${nested(30)}`, /organizations\[0\] must be|Invalid/],
    ["more than 256 kB", "#\n".repeat(128 * 1_024 + 1), /is larger than 256 kB/],
    ["an alias of what holds it", "organizations: &x\n  - *x\n", /an alias/],
    ["an alias of the whole", "&x\norganizations:\n  - { name: a, key: k, endpoints: *x }\n", /an alias/],
    [
      "aliases of aliases",
      "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
      /alias/,
    ],
    ["an alias of a list", "organizations: &x\n  - {name: a, key: k}\nmore: *x\n", /more is not a setting/],
    ["nothing but mistakes", '"'.repeat(100_000), /99\d{3} more such mistakes|not valid YAML/],
    ["a key twice", "organizations: []\norganizations: []\n", /line 2, column 1.*duplicate key/],
    ["a prototype", "__proto__: {organizations: []}\n", /__proto__ is not a setting/],
    ["several documents", "---\na: 1\n---\nb: 1\n", /not valid YAML/],
  ])("is refused in words: %s", (_, text, expected) => {
    const { organizations, mistakes } = read(text);
    expect(organizations).toBeNull();
    expect(mistakes.length).toBeLessThanOrEqual(50);
    expect(mistakes.map(({ setting, problem }) => `${setting} ${problem}`).join("\n")).toMatch(expected);
  });

  it("is parsed quickly, even with many keys", () => {
    // Time of the processor, which other programs do not lengthen.
    const began = process.cpuUsage();
    read(Array.from({ length: 26_000 }, (_, nth) => `k${nth}: 1`).join("\n"));
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });

  it("cannot be a directory or a device", () => {
    for (const file of [directory, "/dev/zero"]) {
      expect(readSettingsFile(file, {}).mistakes[0]?.problem).toContain("is not a regular file");
    }
  });

  it("yields settings or mistakes for arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { organizations, mistakes } = read(bytes);
        expect(organizations === null).toBe(mistakes.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  const mark = fc.constantFrom(
    "- ",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a ",
    "!a ",
    '"',
    "'",
    "|",
    ">",
    "%",
  );
  const space = fc.constantFrom(
    "\n",
    "  ",
    "\t",
    "#",
    "---\n",
    "organizations:",
    "name: a",
    "key: k",
    "${ACME_KEY}",
  );

  it("yields settings or mistakes for YAML's punctuation in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(mark, space), { maxLength: 120 }), (parts) => {
        const { organizations, mistakes } = read(parts.join(""));
        expect(organizations === null).toBe(mistakes.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it("yields settings or mistakes for any values", () => {
    const organization = fc.record(
      { name: fc.anything(), key: fc.anything(), keyFile: fc.anything(), endpoints: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }),
        fc.array(organization, { maxLength: 3 }),
        (json, organizations) => {
          expect(read(json).mistakes.length).toBeGreaterThan(0);
          const text = JSON.stringify({ organizations }, (_, value: unknown) =>
            typeof value === "bigint" ? String(value) : value,
          );
          const result = read(text);
          expect(result.organizations === null).toBe(result.mistakes.length > 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

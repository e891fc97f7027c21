import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";

import { readSettingsFile } from "./settings-file";

const variables = { ACME_KEY: "csk-acme-secret", EMPTY: "" };

function read(text: string) {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-config-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "rollcall.yaml");
  writeFileSync(file, text);
  writeFileSync(join(directory, "globex.key"), "csk-globex\n");
  return { directory, ...readSettingsFile(file, variables) };
}

const twoOrganizations = "organizations:\n  - {name: a, key: k}\n  - {name: b, key: l}\n";

function mistakesOf(text: string): string[] {
  return read(text).mistakes.map(({ setting, problem }) => `${setting} ${problem}`);
}

describe("rollcall.yaml", () => {
  it("names organizations, each with its own key, inline, interpolated or in a file", () => {
    const { organizations, directory } = read(`
organizations:
  - name: acme
    key: \${ACME_KEY}
  - name: globex
    keyFile: globex.key
    endpoints: [globex-a, globex-b, globex-a]
`);
    expect(organizations).toEqual([
      { org: "acme", key: { value: "csk-acme-secret" }, endpointIds: [] },
      { org: "globex", key: { file: join(directory, "globex.key") }, endpointIds: ["globex-a", "globex-b"] },
    ]);
  });

  it("gives each organization its own pair for the Metrics API, and a status page to all", () => {
    const { organizations, statusPage, directory } = read(`
organizations:
  - { name: acme, key: k, organizationId: org_acme, inferenceKey: "\${ACME_KEY}" }
  - { name: globex, key: l, organizationId: org_globex, inferenceKeyFile: globex.key }
  - { name: none, key: m }
statusPage: https://status.cerebras.ai
`);
    expect(organizations?.map(({ metrics }) => metrics)).toEqual([
      { organizationId: "org_acme", key: { value: "csk-acme-secret" } },
      { organizationId: "org_globex", key: { file: join(directory, "globex.key") } },
      undefined,
    ]);
    expect(statusPage?.href).toBe("https://status.cerebras.ai/");
  });

  it.each([
    ["organizationId: org_a", "organizations[0].inferenceKey is missing, but organizationId is set"],
    ["inferenceKey: i", "organizations[0].organizationId is missing, but an inference key is set"],
    ["inferenceKeyFile: globex.key", "organizations[0].organizationId is missing"],
    [
      "organizationId: org_a, inferenceKey: i, inferenceKeyFile: globex.key",
      "organizations[0].inferenceKeyFile and inferenceKey are both set",
    ],
    [
      "organizationId: org_a, inferenceKeyFile: nowhere.key",
      "organizations[0].inferenceKeyFile names a file that cannot be read: nowhere.key",
    ],
    ["organizationId: acme, inferenceKey: i", "organizations[0].organizationId must be the id"],
    ['organizationId: org_a, inferenceKey: "csk secret"', "organizations[0].inferenceKey holds a space"],
  ])("refuses half a pair for the Metrics API: %s", (pair, mistake) => {
    const mistakes = mistakesOf(`organizations: [{ name: a, key: k, ${pair} }]`);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(mistake);
    expect(mistakes[0]).not.toContain("secret");
  });

  it.each(["http://status.example.com", "status", "7"])("refuses the status page %s", (address) => {
    expect(mistakesOf(`${twoOrganizations}statusPage: ${address}`)[0]).toMatch(/statusPage must be/);
  });

  it("lists every mistake at once, each with its path, and quotes no key", () => {
    const mistakes = mistakesOf(`
organizations:
  - name: ../acme
    key: "s3cret key"
  - naem: globex
  - name: initech
    key: \${NOWHERE}
    keyFile: /nowhere/key
    endpoints: [ok, no/slash, 7]
  - name: hooli
    key: \${EMPTY}
  - just text
teams: []
`);
    const expected = [
      /^rollcall.yaml: organizations\[0\]\.name may hold only letters/,
      /^rollcall.yaml: organizations\[0\]\.key holds a space/,
      /^rollcall.yaml: organizations\[1\]\.name is missing\./,
      /^rollcall.yaml: organizations\[1\]\.naem is not a setting that Rollcall knows\./,
      /^rollcall.yaml: organizations\[2\]\.key uses \$\{NOWHERE\}, which is not set\./,
      /^rollcall.yaml: organizations\[2\]\.endpoints\[1\] may hold only letters/,
      /^rollcall.yaml: organizations\[2\]\.endpoints\[2\] must be an endpoint id\./,
      /^rollcall.yaml: organizations\[3\]\.key uses \$\{EMPTY\}, which is not set\./,
      /^rollcall.yaml: organizations\[4\] /,
      /^rollcall.yaml: teams is not a setting that Rollcall knows\./,
    ];
    for (const each of expected) expect(mistakes).toContainEqual(expect.stringMatching(each));
    expect(mistakes.join()).not.toContain("s3cret");
  });

  it.each([
    ["organizations: []", "organizations holds none"],
    ["", "rollcall.yaml holds no settings"],
    ["- acme", "rollcall.yaml holds no settings"],
    ["organizations: {}", "organizations must be a list"],
    ["organizations:\n  - name: a\n", "organizations[0].key is missing. Set it, or keyFile."],
    ["organizations:\n  - {name: a, key: k, keyFile: f}", "organizations[0].keyFile and key are both set"],
    [
      "organizations:\n  - {name: a, keyFile: nowhere}",
      "organizations[0].keyFile names a file that cannot be read",
    ],
    [
      "organizations:\n  - {name: a, key: k}\n  - {name: a, key: l}",
      "organizations[1].name is “a”, the same as organizations[0]",
    ],
    [
      "organizations:\n  - {name: a, key: k, endpoints: [x]}\n  - {name: b, key: l, endpoints: [x]}",
      "organizations[1].endpoints[0] is “x”, which organizations[0] has already",
    ],
    ["organizations:\n  - name: a\n   key: s3cret\n", "line 3, column"],
    ["organizations: [\n  {name: a", "is not valid YAML"],
    ["organizations:\n  - {name: a, key: *s3cret}", "is not valid YAML"],
    ["organizations:\n  - {name: a, key: !s3cret b}", "is not valid YAML"],
  ])("refuses %j", (text, expected) => {
    const mistakes = mistakesOf(text).join("\n");
    expect(mistakes).toContain(expected);
    expect(mistakes).not.toContain("s3cret");
  });

  it("adds further names of fields to every organization", () => {
    const { organizations } = read(
      `${twoOrganizations}fields:\n  updatedReplicas: [rollout.updated, replicas_done]\n  status: [phase]\n`,
    );
    const fields = { updatedReplicas: ["rollout.updated", "replicas_done"], status: ["phase"] };
    expect(organizations).toMatchObject([{ fields }, { fields }]);
  });

  it.each([
    ["[a]", "fields must list names by field"],
    [
      "{ updatedReplica: [a] }",
      "fields.updatedReplica is not a field that Rollcall reads. These are: status,",
    ],
    ["{ updatedReplicas: a }", "fields.updatedReplicas must be a list of field names"],
    ["{ updatedReplicas: [a, 7] }", "fields.updatedReplicas[1] must be the name of a field"],
    ["{ updatedReplicas: [a.b.c] }", "fields.updatedReplicas[0] has more than one dot."],
    ["{ updatedReplicas: ['a b'] }", "fields.updatedReplicas[0] is not the name of a field"],
    ["{ updatedReplicas: [a.] }", "fields.updatedReplicas[0] is not the name of a field"],
    [
      "{ updatedReplicas: [total_replicas] }",
      "fields.updatedReplicas[0] is “total_replicas”, which Rollcall reads as totalReplicas.",
    ],
    [
      "{ totalReplicas: [a, done], updatedReplicas: [b, done] }",
      "fields.updatedReplicas[1] is “done”, which Rollcall reads as totalReplicas.",
    ],
    [
      "{ updatedReplicas: [a, b, c, d, e, f, g, h, i, j, k] }",
      "fields.updatedReplicas lists more than 10 names.",
    ],
  ])("refuses fields: %s", (fields, expected) => {
    const mistakes = mistakesOf(`${twoOrganizations}fields: ${fields}\n`);
    expect(mistakes).toEqual([expect.stringContaining(`rollcall.yaml: ${expected}`)]);
  });

  it("accepts a name that Rollcall has for the field by itself", () => {
    expect(mistakesOf(`${twoOrganizations}fields: { updatedReplicas: [updated_replicas] }\n`)).toEqual([]);
  });

  it("reads an escaped ${ as text, not as a variable", () => {
    expect(mistakesOf("organizations:\n  - {name: a, key: '$${ACME_KEY}'}")).toEqual([]);
    expect(read("organizations:\n  - {name: a, key: '$${ACME_KEY}'}").organizations?.[0]?.key).toEqual({
      value: "\${ACME_KEY}",
    });
  });

  it("yields settings or mistakes for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const { organizations, mistakes } = readText(text);
        expect(organizations === null).toBe(mistakes.length > 0);
      }),
      { numRuns: 200 },
    );
  });
});

function readText(text: string) {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-config-"));
  try {
    const file = join(directory, "rollcall.yaml");
    writeFileSync(file, text);
    return readSettingsFile(file, variables);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

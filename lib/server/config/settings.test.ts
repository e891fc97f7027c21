import { describe, expect, it } from "vitest";

import { parseSettings } from "./settings";

const good = {
  CEREBRAS_MANAGEMENT_API_KEY: "csk-management",
  CEREBRAS_ORG: "acme",
  ROLLCALL_ACCESS: "open",
};

function mistakesOf(changes: Record<string, string | undefined>): string[] {
  return parseSettings({ ...good, ...changes }).mistakes.map(
    ({ setting, problem }) => `${setting} ${problem}`,
  );
}

describe("settings", () => {
  it("fills in the documented defaults", () => {
    const { settings } = parseSettings(good);
    expect(settings).toMatchObject({
      organizations: [{ org: "acme", key: { value: "csk-management" }, endpointIds: [] }],
      configFile: null,
      database: { engine: "sqlite", file: "./data/rollcall.db" },
      pollActive: 5_000,
      pollIdle: 30_000,
      pollCovered: 600_000,
      maxRequestsPerMinute: 120,
    });
    expect(settings?.upstreamUrl.href).toBe("https://api.cerebras.ai/");
    expect(settings?.publicUrl.href).toBe("http://localhost:3000/");
  });

  it("reads endpoint ids between commas, once each", () => {
    const { settings } = parseSettings({ ...good, ROLLCALL_ENDPOINTS: " a, b-1 ,a,," });
    expect(settings?.organizations[0]?.endpointIds).toEqual(["a", "b-1"]);
  });

  it("reads further names of fields, merged by field", () => {
    const text =
      "updatedReplicas=rollout.updated|replicas_done, totalReplicas = rollout.total,updatedReplicas=x";
    expect(parseSettings({ ...good, ROLLCALL_FIELDS: text }).settings?.organizations[0]?.fields).toEqual({
      updatedReplicas: ["rollout.updated", "replicas_done", "x"],
      totalReplicas: ["rollout.total"],
    });
  });

  it("asks the Metrics API only with both of its settings", () => {
    const [plain] = parseSettings(good).settings?.organizations ?? [];
    expect(plain).not.toHaveProperty("metrics");
    const both = { CEREBRAS_INFERENCE_API_KEY: "csk-i", CEREBRAS_ORGANIZATION_ID: "org_a" };
    expect(parseSettings({ ...good, ...both }).settings?.organizations[0]?.metrics).toEqual({
      organizationId: "org_a",
      key: { value: "csk-i" },
    });
  });

  it("asks a status page only if one is set", () => {
    expect(parseSettings(good).settings?.statusPage).toBeNull();
    const read = (ROLLCALL_STATUS_PAGE: string) =>
      parseSettings({ ...good, ROLLCALL_STATUS_PAGE }).settings?.statusPage?.href;
    expect(read("https://status.cerebras.ai")).toBe("https://status.cerebras.ai/");
    expect(read("http://127.0.0.1:4100")).toBe("http://127.0.0.1:4100/");
  });

  it("treats an empty variable as unset", () => {
    expect(parseSettings({ ...good, CEREBRAS_API_URL: "" }).settings?.upstreamUrl.host).toBe(
      "api.cerebras.ai",
    );
  });

  it.each([
    [{ CEREBRAS_MANAGEMENT_API_KEY: undefined }, "CEREBRAS_MANAGEMENT_API_KEY is not set"],
    [
      { CEREBRAS_MANAGEMENT_API_KEY: "csk\nsecond" },
      "CEREBRAS_MANAGEMENT_API_KEY holds a space, a line break",
    ],
    [{ CEREBRAS_MANAGEMENT_API_KEY_FILE: "/nowhere/key" }, "names a file that cannot be read: /nowhere/key"],
    [{ CEREBRAS_MANAGEMENT_API_KEY_FILE: "/etc/hostname" }, "are both set"],
    [{ CEREBRAS_ORG: undefined }, "there is nothing to watch"],
    [{ CEREBRAS_ORG: "../acme" }, "CEREBRAS_ORG may hold only letters"],
    [{ ROLLCALL_ENDPOINTS: "ok,no/slash" }, "ROLLCALL_ENDPOINTS may hold only letters"],
    [{ ROLLCALL_FIELDS: "updatedReplicas" }, "ROLLCALL_FIELDS contains “updatedReplicas”. Write FIELD=NAME"],
    [
      { ROLLCALL_FIELDS: "updatedReplica=a" },
      "ROLLCALL_FIELDS has a mistake: “updatedReplica” is not a field that Rollcall reads",
    ],
    [
      { ROLLCALL_FIELDS: "updatedReplicas=a|state" },
      "ROLLCALL_FIELDS has a mistake: name 2 of updatedReplicas is “state”, which Rollcall reads as status",
    ],
    [
      { ROLLCALL_FIELDS: "updatedReplicas=" },
      "ROLLCALL_FIELDS has a mistake: name 1 of updatedReplicas is not the name of a field",
    ],
    [
      { CEREBRAS_INFERENCE_API_KEY: "csk-i" },
      "CEREBRAS_ORGANIZATION_ID is not set, but CEREBRAS_INFERENCE_API_KEY is",
    ],
    [
      { CEREBRAS_ORGANIZATION_ID: "org_a" },
      "CEREBRAS_INFERENCE_API_KEY is not set, but CEREBRAS_ORGANIZATION_ID is",
    ],
    [
      { CEREBRAS_INFERENCE_API_KEY_FILE: "/etc/hostname" },
      "CEREBRAS_ORGANIZATION_ID is not set, but CEREBRAS_INFERENCE_API_KEY is",
    ],
    [
      {
        CEREBRAS_INFERENCE_API_KEY: "csk-i",
        CEREBRAS_INFERENCE_API_KEY_FILE: "/etc/hostname",
        CEREBRAS_ORGANIZATION_ID: "org_a",
      },
      "CEREBRAS_INFERENCE_API_KEY_FILE and CEREBRAS_INFERENCE_API_KEY are both set",
    ],
    [
      { CEREBRAS_INFERENCE_API_KEY_FILE: "/nowhere/key", CEREBRAS_ORGANIZATION_ID: "org_a" },
      "CEREBRAS_INFERENCE_API_KEY_FILE names a file that cannot be read: /nowhere/key",
    ],
    [
      { CEREBRAS_INFERENCE_API_KEY: "csk-i", CEREBRAS_ORGANIZATION_ID: "acme" },
      "CEREBRAS_ORGANIZATION_ID must be the id of the organization",
    ],
    [{ CEREBRAS_METRICS_URL: "http://example.com" }, "CEREBRAS_METRICS_URL is plain http to another machine"],
    [{ ROLLCALL_TRAFFIC_RETENTION_DAYS: "0" }, "ROLLCALL_TRAFFIC_RETENTION_DAYS must be a whole number"],
    [{ ROLLCALL_STATUS_PAGE: "status.example.com" }, "ROLLCALL_STATUS_PAGE must be a web address"],
    [{ ROLLCALL_STATUS_PAGE: "http://status.example.com" }, "ROLLCALL_STATUS_PAGE must begin with https://"],
    [{ ROLLCALL_STATUS_PAGE: "file:///etc/passwd" }, "ROLLCALL_STATUS_PAGE must begin with https://"],
    [{ ROLLCALL_STATUS_PAGE: "https://u:p@example.com" }, "without a user name"],
    [{ CEREBRAS_API_URL: "http://example.com" }, "CEREBRAS_API_URL is plain http to another machine"],
    [{ CEREBRAS_API_URL: "ftp://example.com" }, "CEREBRAS_API_URL must be a web address"],
    [{ CEREBRAS_API_URL: "https://u:p@example.com" }, "must not contain a user name"],
    [{ DATABASE_URL: "postgres://db" }, "DATABASE_URL must name a host and a database"],
    [{ DATABASE_URL: "postgres:///rollcall" }, "DATABASE_URL must name a host and a database"],
    [{ DATABASE_URL: "file://data/x.db" }, "DATABASE_URL begins with file://"],
    [{ DATABASE_URL: "mysql://db" }, "DATABASE_URL must begin with file:"],
    [{ ROLLCALL_POLL_ACTIVE_SECONDS: "0" }, "ROLLCALL_POLL_ACTIVE_SECONDS must be a whole number"],
    [{ ROLLCALL_POLL_IDLE_SECONDS: "1.5" }, "ROLLCALL_POLL_IDLE_SECONDS must be a whole number"],
    [{ PORT: "70000" }, "PORT must be a whole number"],
    [{ ROLLCALL_ACCESS: "yes" }, "ROLLCALL_ACCESS must be sign-in or open"],
    [{ HOSTNAME: "0.0.0.0" }, "HOSTNAME is 0.0.0.0, which other machines can reach"],
    [{ ROLLCALL_URL: "https://rollcall.example.com" }, "ROLLCALL_URL is https://rollcall.example.com"],
    [{ HOSTNAME: "0.0.0.0", ROLLCALL_ALLOW_ANONYMOUS: "true" }, "ROLLCALL_ALLOW_ANONYMOUS can only be yes"],
    [{ ROLLCALL_DEMO_CONTROL: "http://simulator.example" }, "ROLLCALL_DEMO_CONTROL names another machine"],
    [
      {
        ROLLCALL_DEMO_CONTROL: "http://127.0.0.1:4101",
        ROLLCALL_ACCESS: "open",
        ROLLCALL_ALLOW_ANONYMOUS: "yes",
        HOSTNAME: "0.0.0.0",
      },
      "ROLLCALL_DEMO_CONTROL is for the demo only",
    ],
    [{ ROLLCALL_FRAME_ANCESTORS: "https://wiki.example/page" }, "ROLLCALL_FRAME_ANCESTORS must be origins"],
    [{ ROLLCALL_FRAME_ANCESTORS: "*" }, "ROLLCALL_FRAME_ANCESTORS must be origins"],
    [{ ROLLCALL_OIDC_ISSUER: "http://sso.example" }, "ROLLCALL_OIDC_ISSUER is plain http to another machine"],
    [{ ROLLCALL_OIDC_SCOPE: "email" }, "ROLLCALL_OIDC_SCOPE must contain openid"],
    [
      { ROLLCALL_CONFIG: "/nowhere/rollcall.yaml" },
      "rollcall.yaml cannot be read (ENOENT): /nowhere/rollcall.yaml",
    ],
    [{ ROLLCALL_CONFIG: "/etc/hostname" }, "CEREBRAS_ORG and ROLLCALL_CONFIG are both set"],
  ])("refuses %j", (changes, expected) => {
    expect(mistakesOf(changes).join("\n")).toContain(expected);
  });

  it("lists every mistake at once and quotes no key", () => {
    const mistakes = mistakesOf({
      CEREBRAS_MANAGEMENT_API_KEY: "s3cret key",
      CEREBRAS_ORG: undefined,
      PORT: "x",
    });
    expect(mistakes).toHaveLength(3);
    expect(mistakes.join()).not.toContain("s3cret");
  });

  it.each(["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])("listens on loopback %s", (HOSTNAME) => {
    expect(mistakesOf({ HOSTNAME })).toEqual([]);
  });
});

const signIn = { ...good, ROLLCALL_ACCESS: undefined };
const github = { ROLLCALL_GITHUB_CLIENT_ID: "id", ROLLCALL_GITHUB_CLIENT_SECRET: "secret" };
const oidc = {
  ROLLCALL_OIDC_ISSUER: "https://sso.example",
  ROLLCALL_OIDC_CLIENT_ID: "id",
  ROLLCALL_OIDC_CLIENT_SECRET: "secret",
};

function accessOf(changes: Record<string, string | undefined>) {
  const { settings, mistakes } = parseSettings({ ...signIn, ...changes });
  expect(mistakes).toEqual([]);
  return settings?.access;
}

describe("access", () => {
  it("is by password by default", () => {
    expect(accessOf({})).toMatchObject({ kind: "sign-in", hasPasswords: true, providers: [], secret: null });
  });

  it("is only by the identity provider if one is set, unless passwords are on", () => {
    const viewers = { ROLLCALL_VIEWERS: "@example.com" };
    expect(accessOf({ ...oidc, ...viewers })).toMatchObject({ hasPasswords: false });
    expect(accessOf({ ...oidc, ...viewers, ROLLCALL_PASSWORDS: "on" })).toMatchObject({ hasPasswords: true });
  });

  it("uses every complete provider, in a fixed order", () => {
    const access = accessOf({
      ...github,
      ...oidc,
      ROLLCALL_GOOGLE_CLIENT_ID: "id",
      ROLLCALL_GOOGLE_CLIENT_SECRET: "secret",
      ROLLCALL_OIDC_NAME: "Example SSO",
      ROLLCALL_ADMINISTRATORS: "group:platform, ada@example.com",
    });
    expect(access?.kind === "sign-in" ? access.providers.map(({ id, name }) => [id, name]) : null).toEqual([
      ["oidc", "Example SSO"],
      ["google", "Google"],
      ["github", "GitHub"],
    ]);
  });

  it("makes everyone an administrator on this machine, and a viewer when opened to other machines", () => {
    expect(accessOf({ ROLLCALL_ACCESS: "open" })).toMatchObject({ kind: "open", role: "administrator" });
    const confirmed = { ROLLCALL_ACCESS: "open", ROLLCALL_ALLOW_ANONYMOUS: "yes" };
    expect(accessOf({ ...confirmed, HOSTNAME: "0.0.0.0" })).toMatchObject({ kind: "open", role: "viewer" });
    expect(accessOf({ ...confirmed, ROLLCALL_URL: "http://rollcall.internal" })).toMatchObject({
      kind: "open",
      role: "viewer",
    });
    expect(accessOf(confirmed)).toMatchObject({ kind: "open", role: "administrator" });
  });

  it.each([
    [{ ROLLCALL_OIDC_ISSUER: "https://sso.example" }, "ROLLCALL_OIDC_CLIENT_ID is not set"],
    [{ ROLLCALL_GITHUB_CLIENT_ID: "id" }, "ROLLCALL_GITHUB_CLIENT_SECRET is not set"],
    [{ ROLLCALL_GOOGLE_CLIENT_SECRET: "secret" }, "ROLLCALL_GOOGLE_CLIENT_ID is not set"],
    [oidc, "are both empty, so no one could sign in"],
    [{ ROLLCALL_ADMINISTRATORS: "@example.com" }, "but none is set"],
    [{ ROLLCALL_ADMINISTRATORS: "group:platform in acme" }, "belong to no organization"],
    [{ ROLLCALL_PASSWORDS: "off" }, "no one could sign in"],
    [{ ROLLCALL_URL: "http://rollcall.example" }, "Sign-in requires https"],
    [
      { ROLLCALL_URL: "https://tools.example.com/rollcall" },
      "ROLLCALL_URL is at /rollcall, but this build serves the root of a host.",
    ],
    [{ ROLLCALL_URL: "https://tools.example.com/a%20b" }, "ROLLCALL_URL has a path with unusual"],
    [{ ROLLCALL_URL: "https://tools.example.com/?a=b" }, "ROLLCALL_URL must not contain a query"],
    [{ CEREBRAS_MANAGEMENT_API_KEY: '"csk-management"' }, "begins and ends with quotation marks"],
    [
      { ...oidc, ROLLCALL_VIEWERS: "*", DATABASE_URL: "postgres://u@host/db" },
      "ROLLCALL_SECRET is not set. With PostgreSQL",
    ],
    [{ ...github, ROLLCALL_VIEWERS: "@example.com, nonsense" }, "ROLLCALL_VIEWERS contains “nonsense”"],
  ])("is rejected if incomplete: %j", (changes, expected) => {
    const problems = parseSettings({ ...signIn, ...changes }).mistakes;
    expect(problems.map(({ setting, problem }) => `${setting} ${problem}`).join("\n")).toContain(expected);
  });
});

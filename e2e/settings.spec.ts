import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SIGN_IN } from "./support/people";
import { Rollcall, besides, type Settings } from "./support/rollcall";
import { expect, test } from "./support/test";

/** Settings that end the start, each with its message. */
const WRONG: Record<string, { settings: Settings; message: RegExp }> = {
  "no key": {
    settings: { CEREBRAS_MANAGEMENT_API_KEY: undefined },
    message: /CEREBRAS_MANAGEMENT_API_KEY is not set/,
  },
  "a key with a line break": {
    settings: { CEREBRAS_MANAGEMENT_API_KEY: "first-half\nsecond-half" },
    message: /CEREBRAS_MANAGEMENT_API_KEY\b/,
  },
  "plain http to a foreign host": {
    settings: { CEREBRAS_API_URL: "http://upstream.example" },
    message: /CEREBRAS_API_URL\b/,
  },
  "neither an organization nor an endpoint": {
    settings: { CEREBRAS_ORG: undefined },
    message: /CEREBRAS_ORG and ROLLCALL_ENDPOINTS are both empty/,
  },
  "an address that other machines reach": {
    settings: { HOSTNAME: "0.0.0.0" },
    message: /HOSTNAME is 0\.0\.0\.0, which other machines can reach.*ROLLCALL_ALLOW_ANONYMOUS=yes/,
  },
  "a public address beyond this machine": {
    settings: { ROLLCALL_URL: "https://rollcall.example" },
    message: /ROLLCALL_URL\b/,
  },
  "a word about access that means nothing": {
    settings: { ROLLCALL_ACCESS: "none" },
    message: /ROLLCALL_ACCESS must be sign-in or open/,
  },
  "a confirmation in other words": {
    settings: { HOSTNAME: "0.0.0.0", ROLLCALL_ALLOW_ANONYMOUS: "true" },
    message: /ROLLCALL_ALLOW_ANONYMOUS can only be yes/,
  },
  "sign-in over plain http": {
    settings: { ...SIGN_IN, ROLLCALL_URL: "http://rollcall.example" },
    message: /ROLLCALL_URL is http:\/\/rollcall\.example\. Sign-in requires https/,
  },
  "an identity provider without its secret": {
    settings: {
      ...SIGN_IN,
      ROLLCALL_OIDC_ISSUER: "https://sso.example",
      ROLLCALL_OIDC_CLIENT_ID: "rollcall",
      ROLLCALL_VIEWERS: "@example.com",
    },
    message: /ROLLCALL_OIDC_CLIENT_SECRET is not set, but ROLLCALL_OIDC_CLIENT_ID is/,
  },
  "an identity provider without viewers and administrators": {
    settings: { ...SIGN_IN, ROLLCALL_GITHUB_CLIENT_ID: "id", ROLLCALL_GITHUB_CLIENT_SECRET: "secret" },
    message:
      /ROLLCALL_VIEWERS and ROLLCALL_ADMINISTRATORS are both empty, so no one could sign in with GitHub/,
  },
  "rules without an identity provider": {
    settings: { ...SIGN_IN, ROLLCALL_VIEWERS: "@example.com" },
    message: /ROLLCALL_VIEWERS lists who can sign in with an identity provider, but none is set/,
  },
  "a rule that is none": {
    settings: { ...SIGN_IN, ROLLCALL_VIEWERS: "example.com" },
    message: /ROLLCALL_VIEWERS contains “example\.com”, which is none of these: ada@example\.com/,
  },
  "no way to sign in": {
    settings: { ...SIGN_IN, ROLLCALL_PASSWORDS: "off" },
    message: /ROLLCALL_PASSWORDS is off and no identity provider is set/,
  },
  "proxies that are no addresses": {
    settings: { ...SIGN_IN, ROLLCALL_TRUSTED_PROXIES: "proxy.internal" },
    message: /ROLLCALL_TRUSTED_PROXIES must be addresses or networks/,
  },
  "a secret that is short": {
    settings: { ...SIGN_IN, ROLLCALL_SECRET: "second-half" },
    message: /ROLLCALL_SECRET must be at least 32 characters long/,
  },
  "a secret's file that is not there": {
    settings: { ...SIGN_IN, ROLLCALL_SECRET_FILE: "/nowhere/secret" },
    message: /ROLLCALL_SECRET_FILE names a file that cannot be read \(ENOENT\): \/nowhere\/secret/,
  },
};

for (const [mistake, { settings, message }] of Object.entries(WRONG)) {
  test(`${mistake} ends the start with a message`, async ({ simulator }) => {
    const rollcall = await Rollcall.launch({ ...besides(simulator), ...settings });
    expect(await rollcall.exit()).toBe(1);
    expect(rollcall.stderr).toMatch(message);
    expect(rollcall.output).not.toContain("second-half");
    expect(rollcall.output).not.toContain(simulator.key);
    expect(await simulator.requests()).toEqual([]);
    await rollcall.remove();
  });
}

test("a database path that cannot be written ends the start with a message", async ({ simulator }) => {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-unwritable-"));
  // A file in the place of the folder stops even root.
  await writeFile(join(directory, "file"), "");
  const rollcall = await Rollcall.launch({
    ...besides(simulator),
    DATABASE_URL: `file:${join(directory, "file", "rollcall.db")}`,
  });
  expect(await rollcall.exit()).toBe(1);
  expect(rollcall.stderr).toMatch(/DATABASE_URL\b/);
  await rollcall.remove();
  await rm(directory, { recursive: true });
});

test("all mistakes in the settings file are listed at once, with their paths", async ({ simulator }) => {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-wrong-"));
  const file = join(directory, "rollcall.yaml");
  await writeFile(file, "organizations:\n  - { naem: acme, key: 'second half' }\n  - { name: globex }\n");
  const rollcall = await Rollcall.launch({
    ...besides(simulator),
    CEREBRAS_ORG: undefined,
    ROLLCALL_CONFIG: file,
  });
  expect(await rollcall.exit()).toBe(1);
  expect(rollcall.stderr).toContain("rollcall.yaml: organizations[0].name is missing.");
  expect(rollcall.stderr).toContain(
    "rollcall.yaml: organizations[0].naem is not a setting that Rollcall knows.",
  );
  expect(rollcall.stderr).toContain("rollcall.yaml: organizations[0].key holds a space");
  expect(rollcall.stderr).toContain("rollcall.yaml: organizations[1].key is missing.");
  expect(rollcall.output).not.toContain("second half");
  await rollcall.remove();
  await rm(directory, { recursive: true });
});

test("all mistakes are listed at once", async () => {
  const rollcall = await Rollcall.launch({
    CEREBRAS_API_URL: "http://upstream.example",
    ROLLCALL_POLL_ACTIVE_SECONDS: "soon",
  });
  expect(await rollcall.exit()).toBe(1);
  for (const setting of [
    "CEREBRAS_MANAGEMENT_API_KEY",
    "CEREBRAS_ORG",
    "CEREBRAS_API_URL",
    "ROLLCALL_POLL_ACTIVE_SECONDS",
  ]) {
    expect(rollcall.stderr).toContain(setting);
  }
  await rollcall.remove();
});

test("without a setting for access a password is required", async ({ simulator }) => {
  const rollcall = await Rollcall.start(simulator, SIGN_IN);
  for (const path of ["/api/v1/endpoints", "/api/v1/endpoints/acme-qwen-3-32b", "/api/v1/audit"]) {
    expect((await fetch(rollcall.url + path)).status, path).toBe(401);
  }
  const page = await fetch(`${rollcall.url}/`, { redirect: "manual" });
  expect(page.status).toBe(307);
  expect(await page.text()).not.toContain("acme");
  expect(rollcall.output).toContain("People sign in with a password.");
  await rollcall.remove();
});

test("open access for other machines must be confirmed, and lets everyone read and no one administer", async ({
  simulator,
}) => {
  const rollcall = await Rollcall.start(simulator, {
    HOSTNAME: "0.0.0.0",
    ROLLCALL_ALLOW_ANONYMOUS: "yes",
  });
  expect((await fetch(`${rollcall.url}/api/v1/endpoints`)).status).toBe(200);
  expect((await fetch(`${rollcall.url}/api/v1/audit`)).status).toBe(403);
  expect((await fetch(`${rollcall.url}/doctor`)).status).toBe(404);
  expect(rollcall.output).toContain("anyone who can connect can read everything");
  await rollcall.remove();
});

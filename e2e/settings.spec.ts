import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Rollcall, besides, type Settings } from "./support/rollcall";
import { expect, test } from "./support/test";

/** Settings that end the start, and what the person reads about each. */
const WRONG: Record<string, { settings: Settings; said: RegExp }> = {
  "no key": {
    settings: { CEREBRAS_MANAGEMENT_API_KEY: undefined },
    said: /CEREBRAS_MANAGEMENT_API_KEY is not set/,
  },
  "a key with a line break": {
    settings: { CEREBRAS_MANAGEMENT_API_KEY: "first-half\nsecond-half" },
    said: /CEREBRAS_MANAGEMENT_API_KEY\b/,
  },
  "plain http to a foreign host": {
    settings: { CEREBRAS_API_URL: "http://upstream.example" },
    said: /CEREBRAS_API_URL\b/,
  },
  "neither an organisation nor an endpoint": {
    settings: { CEREBRAS_ORG: undefined },
    said: /CEREBRAS_ORG and ROLLCALL_ENDPOINTS are both empty/,
  },
  "an address that other machines reach": {
    settings: { HOSTNAME: "0.0.0.0" },
    said: /HOSTNAME is 0\.0\.0\.0, which other machines can reach/,
  },
  "a public address beyond this machine": {
    settings: { ROLLCALL_URL: "https://rollcall.example" },
    said: /ROLLCALL_URL\b/,
  },
  "no say about access": {
    settings: { ROLLCALL_ACCESS: undefined },
    said: /ROLLCALL_ACCESS is sign-in.*ROLLCALL_ACCESS=open/,
  },
};

for (const [mistake, { settings, said }] of Object.entries(WRONG)) {
  test(`${mistake} ends the start with a message`, async ({ simulator }) => {
    const rollcall = await Rollcall.launch({ ...besides(simulator), ...settings });
    expect(await rollcall.exit()).toBe(1);
    expect(rollcall.stderr).toMatch(said);
    expect(rollcall.said).not.toContain("second-half");
    expect(rollcall.said).not.toContain(simulator.key);
    expect(await simulator.requests()).toEqual([]);
    await rollcall.remove();
  });
}

test("a database path that cannot be written ends the start with a message", async ({ simulator }) => {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-unwritable-"));
  // A file where a folder would have to be stops even root.
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

test("every mistake is said at once", async () => {
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

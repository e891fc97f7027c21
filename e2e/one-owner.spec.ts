import { mkdtempSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { askAbout } from "./support/current";
import { expect, test } from "./support/postgres-test";
import { Rollcall, type Settings } from "./support/rollcall";
import type { Simulator } from "./support/simulator";

const SHARED = "acme-qwen-3-32b";
const GLOBEX_KEY = "csk-globex-management-key";
const INTERVAL_MS = 1_000;

const acme = "  - { name: acme, key: '${ACME_KEY}' }\n";
const globex = "  - { name: globex, key: '${GLOBEX_KEY}' }\n";
const namer = `  - { name: globex, key: '\${GLOBEX_KEY}', endpoints: [${SHARED}] }\n`;

/** A settings file, and the settings to start Rollcall with it. `put` replaces it as editors do. */
async function openSettings(simulator: Simulator, databaseUrl?: string) {
  const file = join(mkdtempSync(join(tmpdir(), "rollcall-owner-")), "rollcall.yaml");
  await simulator.acceptKeys(simulator.key, GLOBEX_KEY);
  const settings: Settings = {
    CEREBRAS_MANAGEMENT_API_KEY: undefined,
    CEREBRAS_ORG: undefined,
    ROLLCALL_CONFIG: file,
    ACME_KEY: simulator.key,
    GLOBEX_KEY,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const put = async (organizations: string) => {
    await writeFile(`${file}.new`, `organizations:\n${organizations}`);
    await rename(`${file}.new`, file);
  };
  return { settings, put };
}

async function expectAll(servers: readonly Rollcall[], updated: number): Promise<void> {
  for (const server of servers) {
    const seen = async () => {
      const { updated: count, freshness } = (await askAbout(server, SHARED)) ?? {};
      return { count, state: freshness?.state };
    };
    await expect.poll(seen, { timeout: 25_000 }).toEqual({ count: updated, state: "live" });
  }
}

async function set(simulator: Simulator, server: Rollcall, updated: number): Promise<void> {
  const current = (await askAbout(server, SHARED))?.current ?? "";
  await simulator.patchDeployment(SHARED, current, { updated_replicas: updated });
}

/** Five requests, an interval apart, all with this key. */
async function expectOneRequest(simulator: Simulator, key: string): Promise<void> {
  const ask = async () => {
    const requests = await simulator.requests();
    return requests.filter(({ rawPath }) => rawPath.endsWith(`/endpoints/${SHARED}`));
  };
  const keyOf = (request: Awaited<ReturnType<typeof ask>>[number] | undefined) =>
    request?.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
  await expect.poll(async () => keyOf((await ask()).at(-1)), { timeout: 15_000 }).toBe(`Bearer ${key}`);
  await simulator.clearRequests();
  await expect.poll(async () => (await ask()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(6);
  const asked = await ask();
  expect(new Set(asked.map(keyOf))).toEqual(new Set([`Bearer ${key}`]));
  expect((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThan(
    0.8 * INTERVAL_MS * (asked.length - 1),
  );
}

test.use({ scenario: "stuck" });

for (const [first, organizations] of [
  ["lister", acme + namer],
  ["namer", namer + acme],
] as const) {
  test(`an endpoint that one organization lists and another names is shown as it is after a restart, ${first} first`, async ({
    simulator,
  }) => {
    const { settings, put } = await openSettings(simulator);
    await put(organizations);
    const rollcall = await Rollcall.start(simulator, settings);
    try {
      await expectAll([rollcall], 5);
      await rollcall.restart();
      await set(simulator, rollcall, 9);
      await expectAll([rollcall], 9);
      await expectOneRequest(simulator, GLOBEX_KEY);
    } finally {
      await rollcall.remove();
    }
  });

  test(`an endpoint is handed over and back by live edits between two instances on one PostgreSQL, ${first} first`, async ({
    simulator,
    databaseUrl,
  }) => {
    test.setTimeout(120_000);
    const { settings, put } = await openSettings(simulator, databaseUrl);
    await put(organizations);
    const servers = [await Rollcall.start(simulator, settings), await Rollcall.start(simulator, settings)];
    const [server] = servers;
    if (server === undefined) throw new Error("There is no server.");
    try {
      await expectAll(servers, 5);
      for (const each of servers) await each.restart();
      await set(simulator, server, 9);
      await expectAll(servers, 9);
      await expectOneRequest(simulator, GLOBEX_KEY);
      for (const { url } of servers) expect((await fetch(`${url}/readyz`)).status).toBe(200);

      await put(organizations.replace(namer, globex));
      await expectOneRequest(simulator, simulator.key);
      await set(simulator, server, 10);
      await expectAll(servers, 10);
      await put(organizations);
      await expectOneRequest(simulator, GLOBEX_KEY);
      await set(simulator, server, 11);
      await expectAll(servers, 11);
    } finally {
      for (const each of servers) await each.remove();
    }
  });
}

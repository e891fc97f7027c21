import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { rollcallCommand } from "./support/command";
import { Rollcall, besides } from "./support/rollcall";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

const viewSchema = z.object({
  current: z.string(),
  rollouts: z.array(z.object({ deploymentId: z.string() })),
});

/** Runs a command on the database of a server. */
function command(rollcall: Rollcall, args: readonly string[], input = "") {
  return rollcallCommand(`file:${join(rollcall.directory, "rollcall.db")}`, args, input);
}

/** Waits until Rollcall knows the endpoint. Resolves with its rollouts. */
async function rolloutsOf(rollcall: Rollcall): Promise<string[]> {
  let found: string[] = [];
  await expect(async () => {
    const response = await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`);
    const { rollouts } = viewSchema.parse(await response.json());
    found = rollouts.map(({ deploymentId }) => deploymentId);
  }).toPass();
  return found;
}

test.use({ scenario: "stuck" });

test("a backup made beside a running server is restored after the server has ended", async ({ rollcall }) => {
  const known = await rolloutsOf(rollcall);
  const backup = join(rollcall.directory, "backup.db");
  const made = await command(rollcall, ["backup", backup]);
  expect(made).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Backed up to .*The copy was verified\.$/m),
  });

  // The drill of docs/operations.md, in a folder that does not exist yet.
  const drill = `file:${join(rollcall.directory, "drill", "rollcall.db")}`;
  const tried = await rollcallCommand(drill, ["restore", backup]);
  expect(tried.code, tried.stderr).toBe(0);
  const [, observations] = / (\d+) observations/.exec(tried.stdout) ?? [];
  const rows = (await rollcallCommand(drill, ["export"])).stdout.trim().split("\n").slice(1);
  expect(rows.filter((row) => row.includes('"observation"'))).toHaveLength(Number(observations));

  const refused = await command(rollcall, ["restore", backup]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("another Rollcall is using it");
  expect(refused.stderr).toContain("Stop that server");
  expect((await fetch(`${rollcall.url}/readyz`)).status).toBe(200);

  await rollcall.kill();
  await writeFile(join(rollcall.directory, "rollcall.db"), "spoilt".repeat(4_000));
  // The history is so short that the journal still holds all of it.
  await rm(join(rollcall.directory, "rollcall.db-wal"));
  await expect(rollcall.restart()).rejects.toThrow(
    /names a database that is damaged: .*not a database.*npm run -s rollcall restore FILE/s,
  );
  const restored = await command(rollcall, ["restore", backup]);
  expect(restored.code, restored.stderr).toBe(0);
  expect(restored.stdout).toMatch(/kept as .*rollcall\.db\.replaced-/);
  await rollcall.restart();
  expect(await rolloutsOf(rollcall)).toEqual(known);
});

test("all history is exported beside a running server, and imported into a database without one", async ({
  rollcall,
  simulator,
}) => {
  await rolloutsOf(rollcall);
  const { code, stdout, stderr } = await command(rollcall, ["export"]);
  expect(code, stderr).toBe(0);
  const refused = await command(rollcall, ["import"], stdout);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("another Rollcall is using it");

  const other = await Rollcall.start(simulator);
  try {
    await other.kill();
    const bad = await command(other, ["import"], `${stdout}{\n`);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain(`line ${stdout.split("\n").length}: is not JSON`);
    const imported = await command(other, ["import"], stdout);
    expect(imported.code, imported.stderr).toBe(0);
    const again = await command(other, ["export"]);
    expect(again.stdout.split("\n")).toEqual(expect.arrayContaining(stdout.split("\n").slice(1)));
  } finally {
    await other.remove();
  }
});

test("a second server on the same database is refused with a message", async ({ rollcall, simulator }) => {
  const second = await Rollcall.launch({
    ...besides(simulator),
    DATABASE_URL: `file:${join(rollcall.directory, "rollcall.db")}`,
  });
  try {
    expect(await second.exit()).toBe(1);
    expect(second.stderr).toMatch(/DATABASE_URL .*another Rollcall is using it.*name a PostgreSQL/);
    expect(await readFile(join(rollcall.directory, "rollcall.db"), "latin1")).toContain("SQLite format 3");
    expect((await fetch(`${rollcall.url}/readyz`)).status).toBe(200);
  } finally {
    await second.remove();
  }
});

test("an unreadable row ends the start with a message that says what to do", async ({ rollcall }) => {
  await rolloutsOf(rollcall);
  await rollcall.kill();
  const database = new Database(join(rollcall.directory, "rollcall.db"));
  database.exec("update endpoint set warnings = 'no JSON'");
  await expect(rollcall.restart()).rejects.toThrow(
    /DATABASE_URL names a database that is damaged: .*Put a backup back/s,
  );
  database.exec("update endpoint set warnings = '[]'");
  database.close();
  await rollcall.restart();
});

import { askAbout, askForTimeline } from "./support/current";
import { rollcallCommand } from "./support/command";
import { expect, test } from "./support/postgres-test";
import { Rollcall, besides } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";

const ENDPOINT = "acme-qwen-3-32b";

test.use({ scenario: "stuck" });

test("one of two instances leads, both give the same answers, and the other takes over when it is killed", async ({
  page,
  rollcall,
  simulator,
  databaseUrl,
}) => {
  const other = await Rollcall.start(simulator, { DATABASE_URL: databaseUrl });
  try {
    await expect.poll(async () => (await askAbout(other, ENDPOINT))?.updated).toBe(5);
    // A follower reports the leader's data at most a second later.
    const answersDiffering = async () => {
      const answers = [rollcall, other].map(({ url }) => fetch(`${url}/api/v1/endpoints/${ENDPOINT}`));
      const [here, there] = (await Promise.all(answers)).map(({ headers }) => headers.get("etag"));
      return here === there ? [] : [here, there];
    };
    await expect.poll(answersDiffering).toEqual([]);

    const screen = new EndpointScreen(page);
    await page.goto(`${other.url}/endpoints/${ENDPOINT}`);
    await expect(screen.main).toHaveAttribute("data-freshness", "live");
    await rollcall.kill("SIGKILL");
    const current = (await askAbout(other, ENDPOINT))?.current ?? "";
    await simulator.patchDeployment(ENDPOINT, current, { updated_replicas: 7 });
    await expect(screen.says(/7 of 12 replicas updated/)).toBeVisible({ timeout: 20_000 });
    await expect(screen.main).toHaveAttribute("data-freshness", "live");

    await rollcall.restart();
    await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.updated).toBe(7);
    const timeline = await askForTimeline(rollcall, ENDPOINT, current);
    expect(timeline).toEqual(expect.objectContaining({ transitions: [expect.anything()] }));
    expect(rollcall.output).toContain("stands by; another instance watches");
  } finally {
    await page.goto("about:blank");
    await other.remove();
  }
});

test("an instance that is stopped hands over at once", async ({ rollcall, simulator, databaseUrl }) => {
  const other = await Rollcall.start(simulator, { DATABASE_URL: databaseUrl });
  try {
    await expect.poll(async () => (await askAbout(other, ENDPOINT))?.updated).toBe(5);
    await rollcall.kill("SIGTERM");
    await expect.poll(() => other.output, { timeout: 3_000 }).toContain("became leader");
  } finally {
    await other.remove();
    await rollcall.restart();
  }
});

test("the commands work with PostgreSQL: export beside the server, import without one", async ({
  rollcall,
  databaseUrl,
  postgres,
}) => {
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.updated).toBe(5);
  const exported = await rollcallCommand(databaseUrl, ["export"]);
  expect(exported.code, exported.stderr).toBe(0);
  expect(exported.stdout.split("\n").length).toBeGreaterThan(5);

  const backup = await rollcallCommand(databaseUrl, ["backup", "somewhere.db"]);
  expect(backup.code).toBe(1);
  expect(backup.stderr).toContain("pg_dump");
  const refused = await rollcallCommand(databaseUrl, ["import"], exported.stdout);
  expect(refused.stderr).toMatch(/another Rollcall is using it \(postgres:\/\/127\.0\.0\.1:\d+\/rollcall_/);

  const elsewhere = await postgres.createDatabase();
  const surprised = await rollcallCommand(elsewhere, ["import"], exported.stdout);
  expect(surprised.code).not.toBe(0);
  expect(surprised.stderr).toContain("has no Rollcall tables");
  const imported = await rollcallCommand(elsewhere, ["import", "--new"], exported.stdout);
  expect(imported.code, imported.stderr).toBe(0);
  const again = await rollcallCommand(elsewhere, ["export"]);
  const rows = (text: string) => text.trim().split("\n").slice(1);
  expect(rows(again.stdout).length).toBeGreaterThanOrEqual(5);
  expect(rows(exported.stdout).filter((row) => row.includes('"observation"'))).toEqual(
    rows(again.stdout).filter((row) => row.includes('"observation"')),
  );
});

test("during an upgrade an older build keeps running beside the newer schema, and no older one starts", async ({
  rollcall,
  simulator,
  databaseUrl,
  postgres,
}) => {
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.updated).toBe(5);
  // A newer build may only add to the schema (docs/decisions).
  await postgres.query("alter table observation add column region text not null default 'eu'", databaseUrl);
  await postgres.query("create table later (id text primary key)", databaseUrl);
  await postgres.query("insert into kysely_migration values ('2999-01-01-later', '2999')", databaseUrl);

  const current = (await askAbout(rollcall, ENDPOINT))?.current ?? "";
  await simulator.patchDeployment(ENDPOINT, current, { updated_replicas: 6 });
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.updated).toBe(6);
  expect(
    (await askForTimeline(rollcall, ENDPOINT, current)).points.map((point) => point.updatedReplicas),
  ).toEqual([5, 6]);
  expect((await fetch(`${rollcall.url}/readyz`)).status).toBe(200);

  const older = await Rollcall.launch({ ...besides(simulator), DATABASE_URL: databaseUrl });
  expect(await older.exit()).toBe(1);
  expect(older.stderr).toContain("written by a newer Rollcall");
  await older.remove();
});

test("an unreachable PostgreSQL ends the start with a message, without the password", async ({
  simulator,
}) => {
  const rollcall = await Rollcall.launch({
    ...besides(simulator),
    DATABASE_URL: "postgres://rollcall:open-sesame@localhost:1/history",
  });
  expect(await rollcall.exit()).toBe(1);
  expect(rollcall.stderr).toContain(
    "DATABASE_URL names a database that cannot be used: postgres://localhost:1/history (PostgreSQL cannot be reached",
  );
  expect(rollcall.output).not.toContain("open-sesame");
  await rollcall.remove();
});

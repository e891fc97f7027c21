import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Kysely } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import type { DatabaseAddress } from "@/lib/server/config/database";

import { openDatabase } from "../db/open-database";
import type { Database } from "../db/schema";
import { migrate } from "../db/migrate";
import { firstObservation, recording } from "../db/testing/entries";
import { engines } from "../db/testing/engines";
import { newDatabasePath, openBehind, openTestStore } from "../db/testing/history-file";

import { backUp } from "./back-up";
import { holdDatabase } from "@/lib/server/db/database-lock";
import { exportHistory } from "./export-history";
import { BadLines, importHistory } from "./import-history";
import { restore } from "./restore";

const now = new Date("2026-11-23T12:00:00Z");

const moved = recording(3_000, {
  span: { from: 1_000 },
  rollouts: [{ facts: rolloutFacts(), observation: observation(3_000, { updatedReplicas: 7 }) }],
  reply: { body: '{"a":1}', isShortened: false, unreadFields: ["a"] },
});
const ignore = () => undefined;
const cause = { code: "paused", message: "Asleep." } as const;

/** A database file with some history, with its store still open, as if a server were running. */
async function openHistory() {
  const path = newDatabasePath();
  return { path, store: await openHistoryOn({ engine: "sqlite", file: path }) };
}

async function openHistoryOn(address: DatabaseAddress) {
  const store = await openTestStore(address);
  await store.write([
    firstObservation(1_000),
    moved,
    { kind: "gapStart", endpointId: "acme", spanFrom: 1_000, cause },
  ]);
  return store;
}

async function openPlain(address: DatabaseAddress): Promise<Kysely<Database>> {
  const db = openDatabase(address);
  onTestFinished(() => db.destroy());
  await migrate(db);
  return db;
}

async function linesOf(db: Kysely<Database>): Promise<string[]> {
  let written = "";
  await exportHistory(db, (lines) => Promise.resolve(void (written += lines)), now, ignore);
  return written.trimEnd().split("\n");
}

async function* give(lines: readonly string[]) {
  for (const line of lines) yield await Promise.resolve(line);
}

describe("a backup", () => {
  it("is made while history is written, and contains what was committed", async () => {
    const { path, store } = await openHistory();
    const target = `${path}.backup`;
    const backup = backUp(path, target, ignore);
    await store.write([recording(5_000, { span: { from: 1_000 } })]);
    expect(await backup).toEqual({ rollouts: 1, observations: 2 });
    const copy = await openTestStore(target);
    expect(await copy.readObservations("acme", "d1")).toHaveLength(2);
  });

  it("replaces no file", async () => {
    const { path } = await openHistory();
    await expect(backUp(path, path, ignore)).rejects.toThrow("exists already");
  });

  it("of a damaged database is refused and leaves nothing", async () => {
    const { path, store } = await openHistory();
    await store.close();
    spoil(path);
    await expect(backUp(path, `${path}.backup`, ignore)).rejects.toThrow(/damaged|malformed/);
    expect(readdirSync(dirname(path)).filter((name) => name.includes("backup"))).toEqual([]);
  });
});

describe("restoring", () => {
  it("replaces the database with a backup and keeps the previous one", async () => {
    const { path, store } = await openHistory();
    await backUp(path, `${path}.backup`, ignore);
    await store.write([
      recording(9_000, {
        rollouts: [{ facts: rolloutFacts({ deploymentId: "d2" }), observation: observation(9_000) }],
      }),
    ]);
    await store.close();
    const { keptAside, rollouts } = await restore(path, `${path}.backup`, now, ignore);
    expect(rollouts).toBe(1);
    expect(await (await openTestStore(path)).readRolloutFacts("acme", "d2")).toBeNull();
    expect(await (await openTestStore(keptAside ?? "")).readRolloutFacts("acme", "d2")).not.toBeNull();
  });

  it("keeps the journal that a killed server left", async () => {
    const { path } = await openHistory();
    await backUp(path, `${path}.backup`, ignore);
    const behind = openBehind(path);
    behind.exec("update endpoint set org = 'in the journal'");
    const { keptAside } = await restore(path, `${path}.backup`, now, ignore);
    const org = openBehind(keptAside ?? "")
      .prepare("select org from endpoint")
      .pluck()
      .get();
    expect(org).toBe("in the journal");
  });

  it("is refused while a server uses the database, and works when it has ended", async () => {
    const { path, store } = await openHistory();
    await backUp(path, `${path}.backup`, ignore);
    await store.close();
    const before = readFileSync(path);
    const release = holdDatabase(path);
    await expect(restore(path, `${path}.backup`, now, ignore)).rejects.toThrow(
      "another Rollcall is using it",
    );
    expect(readFileSync(path)).toEqual(before);
    release();
    expect((await restore(path, `${path}.backup`, now, ignore)).rollouts).toBe(1);
  });

  it.each([
    ["damaged", spoil, /damaged|malformed/],
    [
      "no database",
      (file: string) => writeFileSync(file, "notes, and no database".repeat(99)),
      /not a database/,
    ],
    [
      "another program's",
      (file: string) => openBehind(file).exec("drop table kysely_migration"),
      /not a Rollcall database/,
    ],
    [
      "newer",
      (file: string) => openBehind(file).exec("insert into kysely_migration values ('2999-01-01-later', '')"),
      /newer Rollcall/,
    ],
  ])("from what is %s is refused, and nothing is touched", async (_, harm, reason) => {
    const { path, store } = await openHistory();
    await backUp(path, `${path}.backup`, ignore);
    await store.close();
    harm(`${path}.backup`);
    const before = readFileSync(path);
    await expect(restore(path, `${path}.backup`, now, ignore)).rejects.toThrow(reason);
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}.incoming`)).toBe(false);
  });
});

const ways = engines.flatMap((from) => engines.map((to) => ({ from, to })));

describe.each(ways)("export from $from.engine and import to $to.engine", ({ from, to }) => {
  const newSource = from.newDatabase;
  const newTarget = to.newDatabase;

  it("copy all history to another database, and repeating it changes nothing", async () => {
    const source = await newSource();
    await openHistoryOn(source);
    const lines = await linesOf(await openPlain(source));
    expect(lines).toHaveLength(7);
    const other = await openPlain(await newTarget());
    expect(await importHistory(other, give(lines), ignore)).toBe(6);
    expect(await linesOf(other)).toEqual(lines);
    await importHistory(other, give(lines), ignore);
    expect(await linesOf(other)).toEqual(lines);
  });

  it("copy more than a page of rows", async () => {
    const source = await newSource();
    const store = await openHistoryOn(source);
    const times = Array.from({ length: 2_500 }, (_, nth) => 10_000 + nth);
    await store.write(
      times.map((at) =>
        recording(at, { rollouts: [{ facts: rolloutFacts(), observation: observation(at) }] }),
      ),
    );
    const lines = await linesOf(await openPlain(source));
    const other = await openPlain(await newTarget());
    await importHistory(other, give(lines), ignore);
    expect(await linesOf(other)).toEqual(lines);
    expect(lines).toHaveLength(7 + 2 * 2_500);
  });

  it("continue from an earlier export of the same history", async () => {
    const source = await newSource();
    const store = await openHistoryOn(source);
    const db = await openPlain(source);
    const other = await openPlain(await newTarget());
    await importHistory(other, give(await linesOf(db)), ignore);
    await store.write([
      recording(8_000, {
        span: { from: 1_000 },
        rollouts: [
          { facts: rolloutFacts({ endedAt: 8_000 }), observation: observation(8_000, { status: "done" }) },
        ],
      }),
    ]);
    await importHistory(other, give(await linesOf(db)), ignore);
    expect(await linesOf(other)).toEqual(await linesOf(db));
  });

  it("name every bad line with its number, and then import nothing", async () => {
    const source = await newSource();
    await openHistoryOn(source);
    const lines = await linesOf(await openPlain(source));
    const strange = lines.map((line) => line.replace('"in_progress"', '"in_motion"'));
    const other = await openPlain(await newTarget());
    const spoilt = [...lines.slice(0, 2), "{", ...strange.slice(2), '{"table":"planet","row":{}}'];
    const failure = await importHistory(other, give(spoilt), ignore).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BadLines);
    const message = String(failure);
    expect([...message.matchAll(/line (\d+):/g)].map(([, number]) => number)).toEqual(["3", "7", "8", "9"]);
    expect(await linesOf(other)).toHaveLength(1);
  });

  it("refuse the lines of an interrupted export", async () => {
    const source = await newSource();
    await openHistoryOn(source);
    const lines = await linesOf(await openPlain(source));
    const other = await openPlain(await newTarget());
    await expect(importHistory(other, give(lines.slice(0, -2)), ignore)).rejects.toThrow("4 of 6 rows");
    expect(await linesOf(other)).toHaveLength(1);
  });

  it("refuse a file that is not an export, at its first line", async () => {
    const other = await openPlain(await newTarget());
    await expect(importHistory(other, give(["> rollcall export"]), ignore)).rejects.toThrow(
      "Line 1 is not the header",
    );
    await expect(importHistory(other, give([]), ignore)).rejects.toThrow("no line to read");
  });

  it("name the line of a row whose parent is missing", async () => {
    const source = await newSource();
    await openHistoryOn(source);
    const lines = await linesOf(await openPlain(source));
    const orphaned = lines.filter((line) => !line.includes('"table":"endpoint"'));
    const other = await openPlain(await newTarget());
    await expect(importHistory(other, give(orphaned), ignore)).rejects.toThrow(/line 2: .*FOREIGN KEY/i);
    expect(await linesOf(other)).toHaveLength(1);
  });
});

/** Overwrites a page in the middle of the file. */
function spoil(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xaa, 4_096 * 3, 4_096 * 6);
  writeFileSync(file, bytes);
}

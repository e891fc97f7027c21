import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { dirname } from "node:path";

import { describe, expect, it } from "vitest";

import { openDatabase } from "../db/open-database";
import { firstObservation } from "../db/testing/entries";
import { newDatabasePath, openBehind, openTestStore } from "../db/testing/history-file";

import { backUp } from "./back-up";
import { exportHistory } from "./export-history";
import { importHistory } from "./import-history";
import { restore } from "./restore";

const now = new Date("2026-11-23T12:00:00Z");
const ignore = () => undefined;

/** Runs a command that is killed in the middle. */
function killInTheMiddle(command: string, database: string, file: string): void {
  const program = ["--conditions=react-server", "--import", "tsx", "lib/server/cli/testing/killed.ts"];
  const { signal, stderr } = spawnSync(process.execPath, [...program, command, database, file], {
    encoding: "utf8",
  });
  expect(signal, stderr).toBe("SIGKILL");
}

async function openHistory() {
  const path = newDatabasePath();
  const store = await openTestStore(path);
  await store.write([firstObservation(1_000)]);
  await store.close();
  return path;
}

async function observationsIn(path: string): Promise<number> {
  const store = await openTestStore(path);
  const observations = await store.readObservations("acme", "d1");
  await store.close();
  return observations.length;
}

describe("a command that was killed in the middle, run again", { timeout: 60_000 }, () => {
  it("backs up", async () => {
    const path = await openHistory();
    // Longer than one step of the copy.
    openBehind(path).exec("create table filler as select zeroblob(10000000)");
    killInTheMiddle("backup", path, `${path}.backup`);
    expect(existsSync(`${path}.backup`)).toBe(false);
    expect(await backUp(path, `${path}.backup`, ignore)).toMatchObject({ observations: 1 });
    expect(await observationsIn(path)).toBe(1);
    expect(readdirSync(dirname(path)).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("restores, and the previous database is never lost", async () => {
    const path = await openHistory();
    await backUp(path, `${path}.backup`, ignore);
    killInTheMiddle("restore", path, `${path}.backup`);
    expect(await observationsIn(path)).toBe(1);
    // A journal of the interrupted copy would spoil the next one.
    writeFileSync(`${path}.incoming-wal`, "left behind");
    const { keptAside } = await restore(path, `${path}.backup`, now, ignore);
    expect(await observationsIn(path)).toBe(1);
    expect(await observationsIn(keptAside ?? "")).toBe(1);
    expect(readdirSync(dirname(path)).filter((name) => name.includes("incoming"))).toEqual([]);
  });

  it("imports, and nothing of the first attempt is left", async () => {
    const path = await openHistory();
    const db = openDatabase({ engine: "sqlite", file: path });
    const write = (lines: string) => appendFile(`${path}.jsonl`, lines);
    await exportHistory(db, write, now, ignore);
    await db.destroy();
    const target = `${path}.target`;
    killInTheMiddle("import", target, `${path}.jsonl`);
    expect(await observationsIn(target)).toBe(0);
    const other = openDatabase({ engine: "sqlite", file: target });
    const lines = readFileSync(`${path}.jsonl`, "utf8").trimEnd().split("\n");
    await importHistory(other, toLines(lines), ignore);
    await other.destroy();
    expect(await observationsIn(target)).toBe(1);
  });
});

async function* toLines(lines: readonly string[]) {
  for (const line of lines) yield await Promise.resolve(line);
}

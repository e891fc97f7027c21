import { renameSync, writeFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { createFileIdentity } from "@/lib/server/db/file-identity";
import { openSqlite } from "@/lib/server/db/open-sqlite";
import { openStore } from "@/lib/server/db/store";
import { firstObservation, recording } from "@/lib/server/db/testing/entries";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";

import { createHistoryWriter } from "./history-writer";

async function openWatched() {
  const path = newDatabasePath();
  const db = openSqlite(path);
  const time = { now: 0 };
  const store = await openStore(
    db,
    createFileIdentity(path, () => time.now),
  );
  const failures: unknown[] = [];
  const historyWriter = createHistoryWriter(store.write, (error) => failures.push(error));
  const save = async (entry: ReturnType<typeof recording>, at: number) => {
    await historyWriter.save([entry], at);
    await historyWriter.idle();
  };
  return { path, store, historyWriter, save, failures, time };
}

describe("a database file under a running server", () => {
  it.each([
    ["removed", "was removed", false],
    ["replaced", "another file was put in the place of", true],
  ])("that is %s is reported, and saving resumes when it is put back", async (_, words, isReplaced) => {
    const { path, store, historyWriter, save, failures, time } = await openWatched();
    await save(firstObservation(1_000), 1_000);
    expect([store.fileOutage(), historyWriter.outage()]).toEqual([null, null]);
    renameSync(path, `${path}.aside`);
    if (isReplaced) writeFileSync(path, "another");
    await save(recording(2_000, { span: { from: 1_000 } }), 2_000);
    await save(recording(3_000, { span: { from: 1_000 } }), 3_000);
    expect(historyWriter.outage()?.since).toBe(2_000);
    expect(historyWriter.outage()?.problem).toContain(words);
    expect(failures).toHaveLength(1);
    time.now += 5_000;
    expect(store.fileOutage()?.problem).toContain("restart Rollcall");
    renameSync(`${path}.aside`, path);
    await save(recording(4_000, { span: { from: 1_000 } }), 4_000);
    time.now += 5_000;
    expect([store.fileOutage(), historyWriter.outage()]).toEqual([null, null]);
    expect(await store.readRecentSpans("acme", 9)).toEqual([{ from: 1_000, until: 4_000, brokenBy: null }]);
    await store.close();
  });
});

import SqliteDriver from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import type { Entry } from "@/lib/server/db/recording";
import { command, engines } from "@/lib/server/db/testing/engines";
import { firstObservation, recording } from "@/lib/server/db/testing/entries";
import { openTestStore } from "@/lib/server/db/testing/history-file";

import { createHistoryWriter } from "./history-writer";
import { writeAccepted, type RejectedEntry } from "./write-accepted";

const triggers = {
  sqlite: `create trigger refuse before insert on observation when new.updated_replicas = 13
    begin select raise(abort, 'not 13'); end`,
  postgres: `create function refuse() returns trigger as $$
      begin raise exception 'not 13'; end $$ language plpgsql;
    create trigger refuse before insert on observation
      for each row when (new.updated_replicas = 13) execute function refuse()`,
};

describe.each(engines)("an entry that $engine rejects", ({ newDatabase }) => {
  async function openRefusing() {
    const address = await newDatabase();
    const store = await openTestStore(address);
    if (address.engine === "postgres") await command(address.url, triggers.postgres);
    else {
      const driver = new SqliteDriver(address.file);
      onTestFinished(() => void driver.close());
      driver.exec(triggers.sqlite);
    }
    const rejected: RejectedEntry[] = [];
    const failures: unknown[] = [];
    const historyWriter = createHistoryWriter(
      store.write,
      (error) => failures.push(error),
      () => undefined,
      (each) => rejected.push(each),
    );
    return { store, historyWriter, rejected, failures };
  }

  const change = (at: number, updatedReplicas: number) =>
    recording(at, {
      span: { from: 1_000 },
      rollouts: [{ facts: rolloutFacts(), observation: observation(at, { updatedReplicas }, at - 1) }],
    });

  it("is skipped and reported once, and does not hold up the others", async () => {
    const { store, historyWriter, rejected, failures } = await openRefusing();
    const entries = [
      firstObservation(1_000),
      ...[11, 12, 13, 14, 13, 15].map((count, nth) => change(2_000 + nth, count)),
    ];
    await historyWriter.save(entries, 2_000);
    await historyWriter.idle();
    const counts = (await store.readObservations("acme", "d1")).map(({ state }) => state.updatedReplicas);
    expect(counts).toEqual([0, 11, 12, 14, 15]);
    expect(rejected.map(({ entry }) => entry.endpointId)).toEqual(["acme"]);
    expect(failures).toEqual([]);
    expect(historyWriter.outage()).toBeNull();
  });
});

describe("an error without an error code of the engine", () => {
  const entries = [1_000, 2_000, 3_000].map((at) => recording(at));
  const failing = (isBad: (entry: Entry) => boolean) => (batch: readonly Entry[]) =>
    batch.some(isBad) ? Promise.reject(new TypeError("x is not a function")) : Promise.resolve();

  it("makes several entries wait if none of them is accepted", async () => {
    const write = failing(() => true);
    await expect(writeAccepted(write, entries)).rejects.toThrow("x is not a function");
    const failures: unknown[] = [];
    const historyWriter = createHistoryWriter(write, (error) => failures.push(error));
    await historyWriter.save(entries, 4_000);
    expect(failures).toHaveLength(1);
    expect(historyWriter.outage()).toEqual({ since: 4_000, problem: "the database cannot be written" });
  });

  it("skips the one that is not accepted while others are", async () => {
    const rejected = await writeAccepted(
      failing((entry) => entry === entries[1]),
      entries,
    );
    expect(rejected.map(({ entry }) => entry)).toEqual([entries[1]]);
  });
});

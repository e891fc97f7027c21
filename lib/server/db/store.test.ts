import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reportableStatuses } from "@/lib/domain/rollout-status";
import { warningCodes } from "@/lib/domain/warning";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import { endpointFacts, firstObservation, recording } from "./testing/entries";
import { engines } from "./testing/engines";
import { newDatabasePath, openBehind, openTestStore } from "./testing/history-file";

describe.each(engines)("what was written to $engine", ({ engine, newDatabase }) => {
  // PostgreSQL keeps no NUL in a text.
  const toKept = (value: string) => (engine === "SQLite" ? value : value.replaceAll("\0", "\u2400"));
  const text = fc.string({ unit: "binary" }).map((value) => toKept(value.toWellFormed()));
  const instant = fc.integer({ min: 0, max: 253_402_300_799_999 });
  const warning = fc.record({ code: fc.constantFrom(...warningCodes), field: text, value: text });
  const count = fc.option(fc.oneof(fc.integer(), fc.constantFrom(1e308, 0.5, -7, 2 ** 53)));
  const state = fc.record({
    status: fc.constantFrom(...reportableStatuses, "unknown" as const),
    reportedStatus: fc.option(text),
    updatedReplicas: count,
    totalReplicas: count,
    maxUnavailable: count,
    errorMessage: fc.option(text),
    warnings: fc.array(warning, { maxLength: 3 }),
  });
  const facts = fc.record({
    deploymentId: text,
    model: fc.option(text),
    version: fc.option(text),
    versionAlias: fc.option(text),
    createdAt: fc.option(instant),
    firstObservedAt: instant,
    endedAt: fc.option(instant),
    errorSince: fc.option(instant),
    removed: fc.option(fc.record({ since: instant, lastSeenAt: instant })),
  });

  it("is read back unchanged", async () => {
    const store = await openTestStore(await newDatabase());
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.array(state, { minLength: 1, maxLength: 4 }),
        text,
        async (rollout, states, body) => {
          number += 1;
          const endpoint = endpointFacts({ endpointId: `endpoint-${number}`, org: body });
          const { endpointId } = endpoint;
          const observations = states.map((each, index) =>
            observation(2_000 + index, each, index === 0 ? null : 1_999 + index),
          );
          const reply = { body, isShortened: true, unreadFields: [body] };
          await store.write(
            observations.map((each) =>
              recording(each.at, {
                endpointId,
                endpoint,
                reply,
                rollouts: [{ facts: rollout, observation: each }],
              }),
            ),
          );
          expect(await store.readObservations(endpointId, rollout.deploymentId)).toEqual(observations);
          expect(await store.readRolloutFacts(endpointId, rollout.deploymentId)).toEqual(rollout);
          expect((await store.readRollouts(endpointId, { limit: 9 }))[0]?.observations).toEqual(
            observations.slice(-1),
          );
          expect(await store.readReply(endpointId)).toEqual(reply);
          expect((await store.readEndpoints()).find((each) => each.endpointId === endpointId)).toEqual(
            endpoint,
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is complete after the file is reopened without having been closed", async () => {
    const path = await newDatabase();
    const before = await openTestStore(path);
    await before.write([firstObservation(1_000), recording(2_000, { span: { from: 1_000 } })]);
    const after = await openTestStore(path);
    expect(await after.readRecentSpans("acme", 5)).toEqual([{ from: 1_000, until: 2_000, brokenBy: null }]);
    expect(await after.readObservations("acme", "d1")).toHaveLength(1);
  });

  it("is complete or absent", async () => {
    const path = await newDatabase();
    const store = await openTestStore(path);
    await store.write([firstObservation(1_000)]);
    const everything = async () => [
      await store.readEndpoints(),
      await store.readRollouts("acme", { limit: 9 }),
      await store.readRecentSpans("acme", 9),
    ];
    const before = await everything();
    const spoilt = rolloutFacts({ deploymentId: "d2", firstObservedAt: 3_000 });
    const endsBeforeItBegan = recording(500, { span: { from: 1_000 } });
    await expect(
      store.write([
        recording(3_000, {
          span: { from: 1_000 },
          rollouts: [{ facts: spoilt, observation: observation(3_000) }],
        }),
        { kind: "delisting", endpointId: "acme", removedSince: 3_000 },
        endsBeforeItBegan,
      ]),
    ).rejects.toThrow(/watch_span_forward/);
    expect(await everything()).toEqual(before);
  });

  it("stays the same after a second write of the same entries, because a commit whose answer was lost is retried", async () => {
    const store = await openTestStore(await newDatabase());
    const entries = [firstObservation(1_000), recording(2_000, { span: { from: 1_000 } })];
    await store.write(entries);
    await store.write(entries);
    expect(await store.readObservations("acme", "d1")).toHaveLength(1);
    expect(await store.readRecentSpans("acme", 5)).toEqual([{ from: 1_000, until: 2_000, brokenBy: null }]);
  });
});

describe("a poll without changes", () => {
  it("updates one row and adds none", async () => {
    const path = newDatabasePath();
    const store = await openTestStore(path);
    await store.write([firstObservation(1_000)]);
    const behind = openBehind(path);
    // Counts every row that the store's connection writes from now on.
    behind.exec("create table touched (name text)");
    for (const table of ["endpoint", "reply", "rollout", "observation", "watch_span"]) {
      for (const verb of ["insert", "update", "delete"]) {
        behind.exec(
          `create trigger ${verb}_${table} after ${verb} on ${table} begin insert into touched values ('${verb} ${table}'); end`,
        );
      }
    }
    for (let at = 2_000; at < 12_000; at += 1_000)
      await store.write([recording(at, { span: { from: 1_000 } })]);
    const touched = behind.prepare("select name from touched").pluck().all();
    expect(touched).toEqual(Array.from({ length: 10 }, () => "update watch_span"));
    expect(await store.readRecentSpans("acme", 5)).toEqual([{ from: 1_000, until: 11_000, brokenBy: null }]);
  });
});

describe.each(engines)("spans on $engine", ({ newDatabase }) => {
  it("keep the cause of a gap, and drop it if watching continues", async () => {
    const store = await openTestStore(await newDatabase());
    const cause = { code: "key_rejected", message: "Rejected." } as const;
    await store.write([
      firstObservation(1_000),
      { kind: "gapStart", endpointId: "acme", spanFrom: 1_000, cause },
    ]);
    expect(await store.readRecentSpans("acme", 1)).toEqual([{ from: 1_000, until: 1_000, brokenBy: cause }]);
    await store.write([recording(2_000, { span: { from: 1_000 } })]);
    expect(await store.readRecentSpans("acme", 1)).toEqual([{ from: 1_000, until: 2_000, brokenBy: null }]);
    await store.write([{ kind: "gapStart", endpointId: "acme", spanFrom: 1_000, cause }, recording(9_000)]);
    expect(await store.readRecentSpans("acme", 5)).toEqual([
      { from: 9_000, until: 9_000, brokenBy: null },
      { from: 1_000, until: 2_000, brokenBy: cause },
    ]);
  });

  it("of a window are read with the two before it, oldest first", async () => {
    const store = await openTestStore(await newDatabase());
    await store.write([firstObservation(1_000), ...[2_000, 3_000, 4_000, 5_000].map((at) => recording(at))]);
    const read = async (from: number, until: number) =>
      (await store.readSpans("acme", { from, until })).map((span) => span.from);
    expect(await read(3_500, 4_500)).toEqual([2_000, 3_000, 4_000]);
    expect(await read(0, 500)).toEqual([]);
    expect(await read(9_000, 9_500)).toEqual([4_000, 5_000]);
  });

  it("are created by a poll that extends a missing one", async () => {
    const store = await openTestStore(await newDatabase());
    await store.write([recording(7_000, { span: { from: 5_000 } })]);
    expect(await store.readRecentSpans("acme", 5)).toEqual([{ from: 5_000, until: 7_000, brokenBy: null }]);
  });
});

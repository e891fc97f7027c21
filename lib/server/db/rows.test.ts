import { describe, expect, it } from "vitest";

import { firstObservation, recording } from "./testing/entries";
import { newDatabasePath, openBehind, openTestStore } from "./testing/history-file";

/** A store whose only endpoint was damaged through another connection. */
async function spoil(sql: string) {
  const path = newDatabasePath();
  const store = await openTestStore(path);
  const reply = { body: "{}", isShortened: false, unreadFields: [] };
  await store.write([firstObservation(1_000), recording(2_000, { span: { from: 1_000 }, reply })]);
  const behind = openBehind(path);
  behind.pragma("ignore_check_constraints = on");
  behind.exec(sql);
  return store;
}

describe("a row that Rollcall cannot have written is refused", () => {
  it.each([
    "update observation set status = 'finished'",
    "update observation set at = 'noon'",
    "update observation set at = 1.5",
    "update observation set updated_replicas = 'seven'",
    "update observation set total_replicas = x'00'",
    "update observation set error_message = x'00'",
    'update observation set warnings = \'[{"code":"made_up","field":"a","value":"b"}]\'',
    "update observation set warnings = 'not json'",
    "update observation set warnings = '{}'",
    "update observation set not_before = 'never'",
  ])("%s", async (sql) => {
    const store = await spoil(sql);
    await expect(store.readObservations("acme", "d1")).rejects.toThrow();
    await expect(store.readRollouts("acme", { limit: 9 })).rejects.toThrow();
    await expect(store.readRecentObservations("acme", 9)).rejects.toThrow();
  });

  it.each([
    "update rollout set created_at = 'monday'",
    "update rollout set first_observed_at = 1.5",
    "update rollout set ended_at = 'later'",
    "update rollout set model = x'00'",
  ])("%s", async (sql) => {
    const store = await spoil(sql);
    await expect(store.readRolloutFacts("acme", "d1")).rejects.toThrow();
    await expect(store.readRollouts("acme", { limit: 9 })).rejects.toThrow();
  });

  it.each([
    "update endpoint set warnings = '[7]'",
    "update endpoint set created_at = 'monday'",
    "update endpoint set removed_since = 'monday'",
    "update endpoint set org = x'00'",
  ])("%s", async (sql) => {
    await expect((await spoil(sql)).readEndpoints()).rejects.toThrow();
  });

  it.each([
    "update watch_span set broken_by_code = 'boredom', broken_by_message = 'x'",
    "update watch_span set until_at = 'noon'",
    "update watch_span set from_at = 'noon'",
  ])("%s", async (sql) => {
    await expect((await spoil(sql)).readRecentSpans("acme", 5)).rejects.toThrow();
  });

  it.each([
    "update reply set unread_fields = '[1]'",
    "update reply set body = x'00'",
    "update reply set is_shortened = 7",
  ])("%s", async (sql) => {
    await expect((await spoil(sql)).readReply("acme")).rejects.toThrow();
  });
});

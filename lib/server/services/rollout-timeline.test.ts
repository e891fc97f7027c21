import { expect, it } from "vitest";

import { HistoryUnavailable } from "@/lib/server/db/database-problem";
import { firstObservation } from "@/lib/server/db/testing/entries";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { systemClock } from "@/lib/server/clock";
import { loadEndpointStates } from "@/lib/server/poller/load-endpoint-state";

import { createMemoPerPoll } from "./memoize-per-poll";
import { readTimeline, type RolloutTimeline } from "./rollout-timeline";
import { openTestContext } from "./testing/context";

it("a timeline from memory, made while the database is unavailable, is not kept after it is back", async () => {
  const ctx = await openTestContext(newDatabasePath());
  const { history } = ctx;
  await history.write([firstObservation(1_000)]);
  const endpointStates = await loadEndpointStates(history, ["acme"], () => 1_000, systemClock);
  const endpointState = endpointStates.get("acme");
  if (endpointState === undefined || endpointState instanceof Error)
    throw endpointState ?? new Error("Not in history.");
  const memoPerPoll = createMemoPerPoll<RolloutTimeline | null>((timeline) => timeline?.isStopgap !== true);
  const readAway = () => Promise.reject(new HistoryUnavailable("away"));
  const away = { ...ctx, history: { ...history, readTimeline: readAway } };
  const ask = (from: typeof ctx) =>
    memoPerPoll(endpointState, "d1", () => readTimeline(from, endpointState, "d1"));
  expect((await ask(away))?.isStopgap).toBe(true);
  expect((await ask(ctx))?.isStopgap).toBe(false);
  // The timeline from history is kept until the next poll.
  expect((await ask(away))?.isStopgap).toBe(false);
});

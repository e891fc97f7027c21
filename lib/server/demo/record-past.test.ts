import { expect, it } from "vitest";

import { second } from "@/lib/domain/instant";
import type { Entry } from "@/lib/server/db/recording";

import { toPastEntries, type Past } from "./record-past";

const start = 1_800_000_000_000;
const polling = { interval: 2 * second, until: start + 3_600 * second };

function reply(afterSeconds: number, updated: number, status = "in_progress"): Past["replies"][number] {
  const deployment = {
    id: "d1",
    created: start / 1_000,
    rollout_status: status,
    updated_replicas: updated,
    total_replicas: 4,
  };
  const body = { name: "one", created: start / 1_000, deployed_models: [deployment] };
  return { at: start + afterSeconds * second, endpointId: "one", body };
}

function observationsOf(entries: readonly Entry[]) {
  return entries.flatMap((entry) =>
    entry.kind === "recording"
      ? entry.rollouts.flatMap(({ observation }) => (observation === null ? [] : [observation]))
      : [],
  );
}

it("sees each change within an interval, as polling would have", () => {
  const entries = toPastEntries(
    { replies: [reply(0, 0), reply(301, 1), reply(900, 4, "done")], outages: [] },
    polling,
  );
  const observations = observationsOf(entries);
  expect(observations.map(({ state }) => [state.status, state.updatedReplicas])).toEqual([
    ["in_progress", 0],
    ["in_progress", 1],
    ["done", 4],
  ]);
  for (const { at, notBefore } of observations.slice(1)) expect(at - (notBefore ?? 0)).toBe(polling.interval);
});

it("watches without a gap until the end, and keeps the last reply", () => {
  const entries = toPastEntries({ replies: [reply(0, 0), reply(301, 1)], outages: [] }, polling);
  expect(entries.filter(({ kind }) => kind !== "recording")).toEqual([]);
  const last = entries.at(-1);
  expect(last).toMatchObject({ at: polling.until, span: { from: start } });
  expect(last).toHaveProperty("reply.body", expect.stringContaining('"updated_replicas":1'));
});

it("records an outage as a gap with its cause", () => {
  const outage = { from: start + 300 * second, until: start + 320 * second, status: 503 };
  const entries = toPastEntries({ replies: [reply(0, 0), reply(310, 1)], outages: [outage] }, polling);
  expect(entries.find(({ kind }) => kind === "gapStart")).toMatchObject({
    spanFrom: start,
    cause: { code: "upstream_error", message: "Cerebras answers 503." },
  });
  expect(observationsOf(entries).at(-1)).toMatchObject({ state: { updatedReplicas: 1 }, at: outage.until });
  expect(entries.at(-1)).toMatchObject({ span: { from: outage.until } });
});

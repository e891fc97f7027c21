import { describe, expect, it } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/history/testing/history-file";

import { newMemory, type EndpointMemory, type EndpointPicture } from "./endpoint-memory";
import { loadMemories } from "./load-memory";
import { takeAnswer } from "./poll-endpoint";
import { deployment, report } from "./testing/reports";

const interval = 1_000;

/** Polls a second apart from 10,000 on, each recorded; then Rollcall starts anew on the same file. */
async function restartAfter(
  replies: readonly ReturnType<typeof report>[],
  now = { at: 13_500, tick: 77_000 },
) {
  const path = newDatabasePath();
  const store = await openTestStore(path);
  let memory = newMemory("acme-one", interval);
  for (const [index, reply] of replies.entries()) {
    const moment = { at: 10_000 + index * 1_000, tick: 5_000 + index * 1_000 };
    const result = takeAnswer({ memory, report: reply, reply: null, asked: moment, received: moment });
    await store.write(result.entries);
    ({ memory } = result);
  }
  await store.close();
  const again = await openTestStore(path);

  return {
    before: memory.picture,
    after: loaded(
      await loadMemories(
        again,
        ["acme-one"],
        () => interval,
        () => now,
      ),
    ),
    history: again,
  };
}

function loaded(memories: Awaited<ReturnType<typeof loadMemories>>): EndpointMemory {
  const memory = memories.get("acme-one");
  if (memory === undefined || memory instanceof Error) throw memory ?? new Error("Not in history.");
  return memory;
}

/** By deployment, since neither history nor a reply promises an order. */
function byDeployment(picture: EndpointPicture | null) {
  const rollouts = picture?.rollouts ?? [];
  return {
    ...picture,
    rollouts: rollouts.toSorted((a, b) => a.facts.deploymentId.localeCompare(b.facts.deploymentId)),
  };
}

function answerAgain(memory: EndpointMemory, reply: ReturnType<typeof report>, tick: number) {
  const moment = { at: 14_000, tick };
  return takeAnswer({ memory, report: reply, reply: null, asked: moment, received: moment });
}

const warned = deployment({
  updatedReplicas: 7.5,
  errorMessage: 'Two\nlines, "quoted" and ünïcode.',
  warnings: [{ code: "negative_count", field: "updated_replicas", value: "-1" }],
});

describe("a start on an existing history", () => {
  it("knows what was known before", async () => {
    const gone = deployment({}, "d7");
    const { before, after } = await restartAfter([
      report(deployment(), gone, deployment({ status: "done" }, "d6")),
      report(warned, gone, deployment({ status: "done" }, "d6")),
      report(warned, deployment({ status: "error" }, "d6")),
    ]);
    expect(byDeployment(after.picture)).toEqual(byDeployment(before));
    expect(after).toMatchObject({ isFromHistory: true, failures: null });
  });

  it("finds nothing new in the same reply, and goes on with the span when it was away only briefly", async () => {
    const reply = { ...report(warned, deployment({ status: "done" }, "d6")), modelArch: null };
    const { after } = await restartAfter([reply, reply, reply]);
    const { entries } = answerAgain(after, reply, 77_500);
    expect(entries).toEqual([
      { kind: "recording", endpointId: "acme-one", at: 14_000, span: { from: 10_000 }, rollouts: [] },
    ]);
  });

  it("measures the age of what it knows by the wall's clock, the only one that outlives a process", async () => {
    const { after } = await restartAfter([report(deployment())], { at: 70_000, tick: 500 });
    expect(after.observedTick).toBe(500 - 60_000);
    const { entries } = answerAgain(after, report(deployment()), 600);
    expect(entries[0]).toMatchObject({ kind: "breakage", cause: { code: "not_running" } });
  });

  it("does not take for news what a clock that was set back puts into the future", async () => {
    const { after } = await restartAfter([report(deployment())], { at: 9_000, tick: 500 });
    const { entries } = answerAgain(after, report(deployment()), 600);
    expect(entries[0]).toMatchObject({ kind: "breakage", cause: { code: "not_running" } });
  });
});

import { describe, expect, it, vi } from "vitest";

import { minute } from "@/lib/domain/instant";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { endpointFacts, recording } from "@/lib/server/db/testing/entries";
import type { HistoryStore } from "@/lib/server/db/store";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";

import { createHabits } from "./habits";

/** Records a rollout of an hour's `nth` that took `took` and ended with `status`. */
async function record(
  history: HistoryStore,
  nth: number,
  took: number,
  status: "done" | "error",
  unseen = 5_000,
) {
  const at = nth * 60 * minute;
  const facts = rolloutFacts({ deploymentId: `d${nth}`, createdAt: at, firstObservedAt: at });
  const states = [
    observation(at, { updatedReplicas: 0 }),
    observation(at + took / 2, { updatedReplicas: 12 }, at),
    observation(at + took, { updatedReplicas: 12, status }, at + took - unseen),
  ];
  for (const each of states) {
    const ended = { ...facts, endedAt: each.state.status === status ? each.at : null };
    const rollouts = [{ facts: ended, observation: each }];
    await history.write([recording(each.at, { endpoint: endpointFacts(), rollouts })]);
  }
}

/** Records a rollout whose end fell into a gap, so that its length is unknown. */
function recordWithGap(history: HistoryStore, nth: number) {
  return record(history, nth, 30 * minute, "done", 20 * minute);
}

/** What the poller knows: the ended rollouts by their newest observation, and one that moves. */
function stateOf(done: readonly number[]): EndpointState {
  const rolloutOf = (nth: number, status: "done" | "in_progress") => ({
    facts: rolloutFacts({ deploymentId: `d${nth}`, endedAt: status === "done" ? nth : null }),
    observations: [observation(nth * 60 * minute, { status })] as const,
  });
  return {
    ...newEndpointState("acme", 5_000),
    picture: {
      facts: endpointFacts(),
      rollouts: [rolloutOf(9, "in_progress"), ...done.map((nth) => rolloutOf(nth, "done"))],
      span: { from: 0, until: 600 * minute, brokenBy: null },
    },
  };
}

describe("the habit of an endpoint", () => {
  it("is made of its rollouts that succeeded, newest first, each read once", async () => {
    const history = await openTestStore(newDatabasePath());
    await record(history, 1, 10 * minute, "done");
    await record(history, 2, 5 * minute, "error");
    await record(history, 3, 12 * minute, "done");
    const readTimeline = vi.fn(history.readTimeline);
    const habits = createHabits({ readRollouts: history.readRollouts, readTimeline }, 10 * minute);
    const before = stateOf([1, 3]);
    expect(habits.known(before).pasts).toEqual([]);
    await habits.readFirst(before);
    const took = () =>
      habits.known(before).pasts.map(({ startedAt, endedAt }) => (endedAt - startedAt) / minute);
    expect(took()).toEqual([12, 10]);
    expect(habits.known(before)).toMatchObject({ deadline: 10 * minute, pasts: [{ total: 12 }, {}] });
    await record(history, 4, 8 * minute, "done");
    await habits.read(stateOf([1, 3, 4]));
    await habits.read(stateOf([1, 3, 4]));
    expect(took()).toEqual([8, 12, 10]);
    expect(readTimeline).toHaveBeenCalledTimes(3);
  });

  it("is made of rollouts that succeeded long ago, where newer ones did not or were not seen to end", async () => {
    const history = await openTestStore(newDatabasePath());
    await record(history, 1, 10 * minute, "done");
    for (let nth = 2; nth < 60; nth += 1) await record(history, nth, 5 * minute, "error");
    for (let nth = 60; nth < 75; nth += 1) await recordWithGap(history, nth);
    const habits = createHabits(history, minute);
    const { pasts } = await habits.read(stateOf([1]));
    expect(pasts.map(({ startedAt, endedAt }) => (endedAt - startedAt) / minute)).toEqual([10]);
  });

  it("is not waited for by those who ask about what never moved", async () => {
    const history = await openTestStore(newDatabasePath());
    const readRollouts = vi.fn(history.readRollouts);
    const habits = createHabits({ readRollouts, readTimeline: history.readTimeline }, minute);
    const state = stateOf([1]);
    expect((await habits.readFor(state, [observation(0, { status: "done" })])).pasts).toEqual([]);
    expect(readRollouts).not.toHaveBeenCalled();
    await habits.readFor(state, [observation(0, { status: "in_progress" })]);
    expect(readRollouts).toHaveBeenCalledOnce();
  });

  it("reads what someone waits for before what no one does", async () => {
    const history = await openTestStore(newDatabasePath());
    const order: string[] = [];
    const readRollouts = (...question: Parameters<typeof history.readRollouts>) => {
      order.push(question[0]);
      return history.readRollouts(...question);
    };
    const habits = createHabits({ readRollouts, readTimeline: history.readTimeline }, minute);
    const named = (endpointId: string) => ({ ...stateOf([1]), endpointId });
    const background = ["a", "b", "c", "d"].map(named);
    background.forEach(habits.begin);
    await habits.read(named("awaited"));
    await Promise.all(background.map(habits.read));
    expect(order).toEqual(["a", "b", "awaited", "c", "d"]);
  });

  it("holds up only the first viewer, and none of an endpoint on which nothing moves", async () => {
    const history = await openTestStore(newDatabasePath());
    const waiting: (() => void)[] = [];
    const readRollouts = vi.fn(async (...question: Parameters<typeof history.readRollouts>) => {
      await new Promise<void>((answered) => waiting.push(answered));
      return history.readRollouts(...question);
    });
    const habits = createHabits({ readRollouts, readTimeline: history.readTimeline }, minute);
    const still = stateOf([1]);
    if (still.picture === null) throw new Error("There is no picture.");
    const { rollouts, ...rest } = still.picture;
    await habits.readFirst({ ...still, picture: { ...rest, rollouts: rollouts.slice(1) } });
    expect(readRollouts).not.toHaveBeenCalled();
    const first = habits.readFirst(still);
    await habits.readFirst(stateOf([1]));
    expect(await Promise.race([first, Promise.resolve("waits")])).toBe("waits");
    await vi.waitFor(() => expect(waiting).not.toHaveLength(0));
    waiting[0]?.();
    await first;
    expect(readRollouts).toHaveBeenCalled();
  });

  it("has no past while history cannot be read, and is read again with the next poll", async () => {
    const history = await openTestStore(newDatabasePath());
    await record(history, 1, 10 * minute, "done");
    const readRollouts = vi.fn(history.readRollouts).mockRejectedValueOnce(new Error("away"));
    const habits = createHabits({ readRollouts, readTimeline: history.readTimeline }, minute);
    expect(await habits.read(stateOf([1]))).toEqual({ pasts: [], deadline: minute });
    expect((await habits.read(stateOf([1]))).pasts).toHaveLength(1);
  });
});

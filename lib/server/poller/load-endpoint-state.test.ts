import { describe, expect, it } from "vitest";

import { deployment, report } from "@/lib/domain/testing/rollouts";
import { HistoryUnavailable } from "@/lib/server/db/database-problem";
import type { EndpointPasts } from "@/lib/server/db/read-pasts";
import { endpointFacts } from "@/lib/server/db/testing/entries";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";

import {
  newEndpointState,
  type EndpointState,
  type EndpointPicture,
} from "@/lib/server/state/endpoint-state";
import { loadEndpointStates } from "./load-endpoint-state";
import { takeAnswer } from "./take-answer";

const interval = 1_000;

/** Records polls from 10,000 on, a second apart; then Rollcall restarts on the same file. */
async function restartAfter(
  replies: readonly ReturnType<typeof report>[],
  now = { at: 13_500, tick: 77_000 },
) {
  const path = newDatabasePath();
  const store = await openTestStore(path);
  let endpointState = newEndpointState("acme-one", interval);
  for (const [index, reply] of replies.entries()) {
    const moment = { at: 10_000 + index * 1_000, tick: 5_000 + index * 1_000 };
    const result = takeAnswer({ endpointState, report: reply, reply: null, asked: moment, received: moment });
    await store.write(result.entries);
    ({ endpointState } = result);
  }
  await store.close();
  const again = await openTestStore(path);

  return {
    before: endpointState.picture,
    after: loaded(
      await loadEndpointStates(
        again,
        ["acme-one"],
        () => interval,
        () => now,
      ),
    ),
    history: again,
  };
}

function loaded(states: Awaited<ReturnType<typeof loadEndpointStates>>): EndpointState {
  const endpointState = states.get("acme-one");
  if (endpointState === undefined || endpointState instanceof Error)
    throw endpointState ?? new Error("Not in history.");
  return endpointState;
}

/** Sorted by deployment, because neither history nor a reply guarantees an order. */
function byDeployment(picture: EndpointPicture | null) {
  const rollouts = picture?.rollouts ?? [];
  return {
    ...picture,
    rollouts: rollouts.toSorted((a, b) => a.facts.deploymentId.localeCompare(b.facts.deploymentId)),
  };
}

function answerAgain(endpointState: EndpointState, reply: ReturnType<typeof report>, tick: number) {
  const moment = { at: 14_000, tick };
  return takeAnswer({ endpointState, report: reply, reply: null, asked: moment, received: moment });
}

const warned = deployment({
  updatedReplicas: 7.5,
  errorMessage: 'Two\nlines, "quoted" and ünïcode.',
  warnings: [{ code: "negative_count", field: "updated_replicas", value: "-1" }],
});

const ids = Array.from({ length: 250 }, (_, nth) => `e${nth}`);

/** A history that reads at most `atOnce` endpoints together, and never the `broken` ones. */
function loadFrom(parts: { atOnce: number; error: Error; broken?: readonly string[] }) {
  const asked: number[] = [];
  const readPasts = (some: readonly string[]): Promise<EndpointPasts> => {
    asked.push(some.length);
    if (some.length > parts.atOnce || some.some((id) => parts.broken?.includes(id)))
      return Promise.reject(parts.error);
    const toPast = (endpointId: string) => ({
      facts: endpointFacts({ endpointId }),
      span: null,
      rollouts: [],
    });
    return Promise.resolve(new Map(some.map((id) => [id, toPast(id)])));
  };
  const loading = loadEndpointStates(
    { readPasts },
    ids,
    () => interval,
    () => ({ at: 1, tick: 1 }),
  );
  return { loading, asked };
}

const tooLate = new HistoryUnavailable("too late", {
  cause: Object.assign(new Error("no"), { code: "57014" }),
});
const away = new HistoryUnavailable("away", {
  cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
});

describe("endpoints whose history cannot be read together", () => {
  it.each([new Error("too many SQL variables"), tooLate])("are read in halves: %s", async (error) => {
    const broken = ["e7", "e8", "e200"];
    const { loading } = loadFrom({ atOnce: 40, error, broken });
    const states = await loading;
    expect([...states.keys()].toSorted()).toEqual(ids.toSorted());
    const failed = [...states].filter(([, endpointState]) => endpointState instanceof Error);
    expect(failed.map(([id]) => id)).toEqual(broken);
  });

  it("are not read one by one if the database is unreachable, or too slow for every endpoint", async () => {
    const unreached = loadFrom({ atOnce: 0, error: away });
    await expect(unreached.loading).rejects.toThrow("away");
    expect(unreached.asked).toEqual([250]);
    const slow = loadFrom({ atOnce: 0, error: tooLate });
    await expect(slow.loading).rejects.toThrow("too late");
    expect(slow.asked.length).toBeLessThan(15);
  });
});

describe("a start on an existing history", () => {
  it("restores the former state", async () => {
    const removed = deployment({}, "d7");
    const { before, after } = await restartAfter([
      report(deployment(), removed, deployment({ status: "done" }, "d6")),
      report(warned, removed, deployment({ status: "done" }, "d6")),
      report(warned, deployment({ status: "error" }, "d6")),
    ]);
    expect(byDeployment(after.picture)).toEqual(byDeployment(before));
    expect(after).toMatchObject({ isFromHistory: true, failures: null });
  });

  it("records nothing for the same reply, and continues the span after a short stop", async () => {
    const reply = { ...report(warned, deployment({ status: "done" }, "d6")), modelArch: null };
    const { after } = await restartAfter([reply, reply, reply]);
    const { entries } = answerAgain(after, reply, 77_500);
    expect(entries).toEqual([
      { kind: "recording", endpointId: "acme-one", at: 14_000, span: { from: 10_000 }, rollouts: [] },
    ]);
  });

  it("measures ages by the wall clock, the only one that outlives a process", async () => {
    const { after } = await restartAfter([report(deployment())], { at: 70_000, tick: 500 });
    expect(after.observedTick).toBe(500 - 60_000);
    const { entries } = answerAgain(after, report(deployment()), 600);
    expect(entries[0]).toMatchObject({ kind: "gapStart", cause: { code: "not_running" } });
  });

  it("records a gap if the clock was set back and history lies in the future", async () => {
    const { after } = await restartAfter([report(deployment())], { at: 9_000, tick: 500 });
    const { entries } = answerAgain(after, report(deployment()), 600);
    expect(entries[0]).toMatchObject({ kind: "gapStart", cause: { code: "not_running" } });
  });
});

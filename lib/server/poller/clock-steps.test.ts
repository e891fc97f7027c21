import { describe, expect, it } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { deployment, report } from "@/lib/domain/testing/rollouts";
import type { Moment } from "@/lib/server/clock";
import { engines } from "@/lib/server/db/testing/engines";
import { openTestStore } from "@/lib/server/db/testing/history-file";

import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";
import { loadEndpointStates } from "./load-endpoint-state";
import { takeAnswer } from "./take-answer";

const interval = 1_000;
const hour = 3_600_000;
const noon = 100 * hour;

describe.each(engines)("a clock that steps, with its history on $engine", ({ newDatabase }) => {
  async function startPolling() {
    const store = await openTestStore(await newDatabase());
    let endpointState: EndpointState = newEndpointState("acme-one", interval);
    let updatedReplicas = 0;
    let tick = 0;
    const see = async (at: number, state: Parameters<typeof deployment>[0]) => {
      tick += 1_000;
      const received: Moment = { at, tick };
      const answer = { report: report(deployment(state)), reply: null };
      const { endpointState: next, entries } = takeAnswer({
        endpointState,
        ...answer,
        asked: received,
        received,
      });
      await store.write(entries);
      endpointState = next;
    };
    return {
      endpointState: () => endpointState,
      see,
      /** Polls a second apart by the monotonic clock, each with another count, at these instants of the wall clock. */
      poll: async (...instants: number[]) => {
        for (const at of instants) {
          updatedReplicas += 1;
          await see(at, { updatedReplicas });
        }
      },
      /** Another process continues from history, by a clock that shows `at`. */
      takeOver: async (at: number) => {
        const now = { at, tick };
        const loaded = await loadEndpointStates(
          store,
          ["acme-one"],
          () => interval,
          () => now,
        );
        const found = loaded.get("acme-one");
        if (found === undefined || found instanceof Error) throw found ?? new Error("Not in history.");
        endpointState = found;
      },
      readMessages: async () =>
        (await store.readObservations("acme-one", "d8")).map(({ state }) => state.errorMessage),
      readInstants: async () => (await store.readObservations("acme-one", "d8")).map(({ at }) => at),
      readSpans: async () => (await store.readRecentSpans("acme-one", 9)).toReversed(),
    };
  }

  const seconds = [0, 1_000, 2_000, 3_000].map((second) => noon + second);

  it.each([
    ["days", 99 * hour],
    ["20 s", 20_000],
  ])("leaves history alone if the clock of the next process is %s behind", async (_, behind) => {
    const polling = await startPolling();
    await polling.poll(...seconds);
    await polling.takeOver(noon + 3_500 - behind);
    await polling.poll(noon + 4_000 - behind, noon + 5_000 - behind);
    const last = noon + 3_000;
    expect(await polling.readInstants()).toEqual([...seconds, last + 1, last + 2]);
    await polling.poll(noon + hour);
    const spans = await polling.readSpans();
    expect(spans.map(({ from, until }) => [from, until])).toEqual([
      [noon, last],
      [last + 1, last + 2],
      [noon + hour, noon + hour],
    ]);
    expect(spans[0]?.brokenBy?.code).toBe("not_running");
  });

  it("leaves history alone if the clock of a running process is set back, and records one gap", async () => {
    const polling = await startPolling();
    await polling.poll(...seconds);
    await polling.poll(noon - hour, noon - hour + 1_000, noon - hour + 2_000);
    const last = noon + 3_000;
    expect(await polling.readInstants()).toEqual([...seconds, last + 1, last + 2, last + 3]);
    const spans = await polling.readSpans();
    expect(spans.map(({ from, brokenBy }) => [from, brokenBy?.message])).toEqual([
      [noon, "The clock of Rollcall's machine was set back by 1 h."],
      [last + 1, undefined],
    ]);
    // Once the clock is corrected, what was recorded meanwhile must not look like a clock that is ahead.
    await polling.poll(noon + 60_000, noon + 61_000, noon - hour);
    expect(await polling.readInstants()).toEqual([
      ...[...seconds, last + 1, last + 2, last + 3],
      ...[noon + 60_000, noon + 61_000, noon + 61_001],
    ]);
  });

  it("corrects only what was recorded while the clock was ahead, once the jump is taken back", async () => {
    const polling = await startPolling();
    await polling.poll(...seconds);
    await polling.poll(noon + hour + 4_000, noon + hour + 5_000, noon + hour + 6_000);
    await polling.poll(noon + 7_000, noon + 8_000);
    const latest = noon + 6_000;
    const instants = [...seconds, latest, latest + 1, latest + 2, noon + 7_000, noon + 8_000];
    expect(await polling.readInstants()).toEqual(instants);
    const [rollout] = polling.endpointState().picture?.rollouts ?? [];
    expect(rollout?.observations.map(({ at }) => at)).toEqual(instants);
    expect(rollout && latestObservation(rollout).at).toBe(noon + 8_000);
    expect((await polling.readSpans()).map(({ brokenBy }) => brokenBy?.message.split(" ").slice(-6))).toEqual(
      [["or", "its", "clock", "was", "set", "ahead."], ["was", "set", "back", "by", "1", "h."], undefined],
    );
  });

  it("keeps every error message of an ended rollout that was recorded while the clock was ahead", async () => {
    const polling = await startPolling();
    await polling.poll(...seconds);
    const failed = (at: number, errorMessage: string) => polling.see(at, { status: "error", errorMessage });
    await failed(noon + hour + 4_000, "first");
    await failed(noon + hour + 5_000, "second");
    await failed(noon + hour + 6_000, "third");
    await failed(noon + 7_000, "fourth");
    expect((await polling.readMessages()).slice(4)).toEqual(["first", "third", "fourth"]);
  });

  it("leaves history alone if no jump ahead came before the step back, for example after a sleep", async () => {
    const polling = await startPolling();
    await polling.poll(...seconds);
    const awake = noon + 8 * hour;
    await polling.poll(awake, awake + 1_000, awake + 2_000 - hour);
    expect(await polling.readInstants()).toEqual([...seconds, awake, awake + 1_000, awake + 1_001]);
  });
});

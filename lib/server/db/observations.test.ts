import { describe, expect, it } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import { engines } from "./testing/engines";
import { recording } from "./testing/entries";
import { firstObservation } from "./testing/entries";
import { openTestStore } from "./testing/history-file";

const long = (nth: number) => `Request ${nth} failed. ${"x".repeat(16_000)} after ${nth} s`;

describe.each(engines)("a run of error messages on $engine", ({ newDatabase }) => {
  async function writeRun() {
    const store = await openTestStore(await newDatabase());
    await store.write([firstObservation(1_000)]);
    for (let nth = 1; nth <= 30; nth += 1) {
      const at = 1_000 + nth * 1_000;
      const seen = observation(at, { errorMessage: long(nth) }, at - 1_000);
      const isRun = nth > 2;
      const change = {
        facts: rolloutFacts(),
        observation: nth === 1 ? seen : { ...seen, messagesBetween: nth - 2 },
        ...(isRun ? { replaces: at - 1_000 } : {}),
      };
      const entry = recording(at, { span: { from: 1_000 }, rollouts: [change] });
      await store.write([entry]);
      // A commit whose answer was lost is retried.
      await store.write([entry]);
    }
    return store;
  }

  it("takes two rows, and is read in full for one rollout", async () => {
    const store = await writeRun();
    const observations = await store.readObservations("acme", "d1");
    expect(observations.map(({ at, messagesBetween }) => [at, messagesBetween])).toEqual([
      [1_000, undefined],
      [2_000, undefined],
      [31_000, 28],
    ]);
    expect(observations.at(-1)?.state.errorMessage).toBe(long(30));
    expect(await store.readLatestObservation("acme", "d1")).toEqual(observations.at(-1));
  });

  it("is read with only its beginning and end in a timeline", async () => {
    const timeline = await (await writeRun()).readTimeline("acme", "d1");
    expect(timeline.map(({ at }) => at)).toEqual([1_000, 2_000, 31_000]);
    const message = timeline.at(-1)?.state.errorMessage ?? "";
    expect(message.length).toBeLessThan(410);
    expect(message).toMatch(/^Request 30 failed.*after 30 s$/s);
  });
});

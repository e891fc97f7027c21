import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createElectionState, IllegalTransition, transitions, type ElectionState } from "./election-state";

const states = ["follower", "candidate", "loading", "leading", "steppingDown"] as const;

/** How each state is reached from the start. */
const ways: Record<ElectionState, readonly ElectionState[]> = {
  follower: [],
  candidate: ["candidate"],
  loading: ["candidate", "loading"],
  leading: ["candidate", "loading", "leading"],
  steppingDown: ["candidate", "loading", "leading", "steppingDown"],
};

const allowed = [
  "follower → candidate",
  "candidate → follower",
  "candidate → loading",
  "loading → leading",
  "loading → steppingDown",
  "leading → steppingDown",
  "steppingDown → follower",
];

function reach(state: ElectionState) {
  const illegal: IllegalTransition[] = [];
  const election = createElectionState((error) => illegal.push(error));
  for (const next of ways[state]) election.enter(next);
  return { election, illegal };
}

describe("the transitions of the leader election", () => {
  it.each(states.flatMap((from) => states.map((to) => ({ from, to, name: `${from} → ${to}` }))))(
    "$name",
    ({ from, to, name }) => {
      const { election, illegal } = reach(from);
      expect([election.current(), illegal]).toEqual([from, []]);
      election.enter(to);
      expect(illegal).toEqual(allowed.includes(name) ? [] : [new IllegalTransition(from, to)]);
      expect(election.current()).toBe(to);
    },
  );

  it("leave the state unchanged if the handler of illegal transitions throws", () => {
    const election = createElectionState((error) => {
      throw error;
    });
    expect(() => election.enter("leading")).toThrow(IllegalTransition);
    expect(election.current()).toBe("follower");
  });

  it("never reach a dead end, and reach leading only through loading", () => {
    const walk = fc.array(fc.nat(4), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(walk, (choices) => {
        let state: ElectionState = "follower";
        for (const choice of choices) {
          const next = states.filter((each) => transitions[state][each] !== undefined);
          const to = next[choice % next.length];
          if (to === undefined) throw new Error(`There is no way out of ${state}.`);
          if (to === "leading") expect(state).toBe("loading");
          state = to;
        }
      }),
    );
  });
});

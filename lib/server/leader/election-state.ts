import "server-only";

/**
 * The states of an instance in the leader election.
 *
 *   follower       reads the lease and shows what the leader publishes
 *   candidate      found the lease free or expired, and tries to take it
 *   loading        holds the lease, reads history and renews meanwhile; publishes nothing yet
 *   leading        polls upstream, writes history, publishes snapshots, renews the lease
 *   steppingDown   polls no more; finishes what is under way, and gives the lease back if it still holds it
 *
 * An instance that is alone on its database goes through the same states, and has nothing to follow.
 */
export type ElectionState = "follower" | "candidate" | "loading" | "leading" | "steppingDown";

/** Every allowed transition, with its reason. */
export const transitions: Record<ElectionState, Partial<Record<ElectionState, string>>> = {
  follower: { candidate: "the lease was given back, or was not renewed for a lease time" },
  candidate: {
    loading: "it took the lease",
    follower: "another instance was faster, or the database failed",
  },
  loading: {
    leading: "history is read",
    steppingDown: "history cannot be read, another instance took the lease, or this one shuts down",
  },
  leading: { steppingDown: "another instance took the lease, or this one shuts down" },
  steppingDown: { follower: "nothing is under way, or another instance holds the lease" },
};

/** A transition that is not in the table: always a bug in the election. */
export class IllegalTransition extends Error {
  override readonly name = "IllegalTransition";
  constructor(from: ElectionState, to: ElectionState) {
    super(`The leader election cannot go from ${from} to ${to}.`);
  }
}

/**
 * The state of one instance, a follower at first. `onIllegal` handles an illegal transition: if it returns, the
 * transition is still made, so that a bug here never stops polling.
 */
export function createElectionState(onIllegal: (error: IllegalTransition) => void) {
  let state: ElectionState = "follower";
  return {
    current: (): ElectionState => state,
    enter: (next: ElectionState): void => {
      if (transitions[state][next] === undefined) onIllegal(new IllegalTransition(state, next));
      state = next;
    },
  };
}

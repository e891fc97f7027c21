import "server-only";

import { LRUCache } from "lru-cache";
import PQueue from "p-queue";

import type { Duration } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import { hasSucceeded, toPastRollout, type Habit, type PastRollout } from "@/lib/domain/past-rollout";
import { latestObservation, type RolloutFacts } from "@/lib/domain/rollout";
import { isMoving } from "@/lib/domain/rollout-status";
import type { GuardedStore } from "@/lib/server/db/guard-store";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** Past rollouts that an endpoint's habit is made of, and how many that succeeded are searched for them. */
const mostPasts = 12;
const mostSearched = 40;
const mostEndpoints = 5_000;
/** Endpoints whose past is read at the same time: a start reads many, and viewers need the database too. */
const mostAtOnce = 2;
const [inBackground, awaited] = [0, 1];

type Known = { name: string; habit: Habit; byDeployment: ReadonlyMap<string, PastRollout> };

/**
 * How the rollouts of each endpoint usually go, from history. Each ended rollout is read once. An endpoint whose
 * history was not read yet, or cannot be read now, has no past. `deadline` is when any wait is a stall.
 */
export function createHabits(
  history: Pick<GuardedStore, "readRollouts" | "readTimeline">,
  deadline: Duration,
) {
  const none: Habit = { pasts: [], deadline };
  const habits = new LRUCache<string, Known>({ max: mostEndpoints });
  const reading = new WeakMap<EndpointState, Promise<Habit>>();
  const tried = new LRUCache<string, true>({ max: mostEndpoints });
  const queue = new PQueue({ concurrency: mostAtOnce });

  async function readPast(endpointId: string, facts: RolloutFacts): Promise<PastRollout | null> {
    const [first, ...others] = await history.readTimeline(endpointId, facts.deploymentId);
    return first === undefined ? null : toPastRollout({ facts, observations: [first, ...others] });
  }

  async function make({ endpointId, ...endpointState }: EndpointState): Promise<Habit> {
    const name = nameOf(endpointState);
    const former = habits.get(endpointId);
    if (former?.name === name) return former.habit;
    const rollouts = await history.readRollouts(endpointId, { limit: mostSearched, doneOnly: true });
    const byDeployment = new Map<string, PastRollout>();
    for (const { facts } of rollouts.filter(hasSucceeded)) {
      if (byDeployment.size === mostPasts) break;
      const past = former?.byDeployment.get(facts.deploymentId) ?? (await readPast(endpointId, facts));
      if (past !== null) byDeployment.set(facts.deploymentId, past);
    }
    const pasts = [...byDeployment.values()].toSorted((a, b) => b.endedAt - a.endedAt);
    const habit = { pasts, deadline };
    habits.set(endpointId, { name, habit, byDeployment });
    return habit;
  }

  /** The habit of an endpoint, read unless it is already, and before those that no one waits for. It never rejects. */
  function read(endpointState: EndpointState, priority = awaited): Promise<Habit> {
    const begun = reading.get(endpointState);
    if (begun !== undefined) return begun;
    const made = queue.add(() => make(endpointState), { priority }).catch(() => known(endpointState));
    reading.set(endpointState, made);
    tried.set(endpointState.endpointId, true);
    return made;
  }

  /** The habit as far as it was read. */
  function known({ endpointId }: EndpointState): Habit {
    return habits.get(endpointId)?.habit ?? none;
  }

  /** Begins to read the habit of an endpoint on which something moves. */
  function begin(endpointState: EndpointState): void {
    if (isNeeded(endpointState)) void read(endpointState, inBackground);
  }

  return {
    known,
    read: (endpointState: EndpointState) => read(endpointState),
    /** The habit that these observations are judged by; where none of them moves, no one waits for it. */
    readFor: async (endpointState: EndpointState, observations: readonly Observation[]): Promise<Habit> =>
      observations.some(({ state }) => isMoving(state.status)) ? read(endpointState) : known(endpointState),
    begin,
    /**
     * The first reading of an endpoint on which something moves; null if there is none to wait for. Later ones do not
     * hold up its viewers.
     */
    readFirst: (endpointState: EndpointState): Promise<Habit> | null => {
      if (!tried.has(endpointState.endpointId)) return isNeeded(endpointState) ? read(endpointState) : null;
      begin(endpointState);
      return null;
    },
  };
}

export type Habits = ReturnType<typeof createHabits>;

/** What changes when a rollout ends well. */
function nameOf({ picture }: Pick<EndpointState, "picture">): string {
  const done =
    picture?.rollouts.filter((rollout) => latestObservation(rollout).state.status === "done") ?? [];
  return JSON.stringify(done.map(({ facts }) => [facts.deploymentId, facts.endedAt]));
}

function isNeeded({ picture }: EndpointState): boolean {
  return picture?.rollouts.some((rollout) => isMoving(latestObservation(rollout).state.status)) ?? false;
}

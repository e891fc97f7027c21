import type { Plan } from "../build-script";
import { fail, rollBackCompletely, settled, smooth } from "../build-script";
import type { ScenarioContext, ScriptedDeployment } from "../scenario";
import { plan, scripted } from "../scenario";
import type { Script } from "../script";
import type { Harm } from "../scenario";
import { OUT_OF_CAPACITY, shardMismatch } from "./error-messages";

const DAY_MS = 86_400_000;
const EVERY_MS = 2.5 * DAY_MS;
const COUNT = 12;

/** What happened to some of the rollouts, counted back from the newest; all others went well. */
const EVENTS: Readonly<Record<number, (given: Plan) => Script>> = {
  2: (given) => rollBackCompletely(given, Math.ceil(given.replicas * 0.6)),
  5: (given) => failAt(given, Math.ceil(given.replicas / 3)),
  9: (given) => fail(given, 1, OUT_OF_CAPACITY),
};
/** What callers felt of some of them. */
const HARMS: Readonly<Record<number, Harm>> = {
  2: { failureShare: 0.024, slowness: 1.8 },
  5: { failureShare: 0.041, slowness: 3.1 },
  8: { failureShare: 0, slowness: 2.4 },
};
/** This one began while the one before it was still rolling. */
const OVERLAPPING = 6;

export type PastOfEndpoint = {
  readonly endpoint: { readonly org: string; readonly id: string; readonly arch: string };
  /** The version of the newest of these rollouts; each one before it is one less. */
  readonly newestVersion: number;
  readonly replicas: number;
  readonly msPerReplica: number;
};

/**
 * The rollouts of an endpoint in the 30 days before the scenario's start, newest first: a dozen, each at another pace.
 * One was rolled back, two failed, and one overlapped the one before it. A finished one lies before them.
 */
export function pastRollouts(context: ScenarioContext, past: PastOfEndpoint): ScriptedDeployment[] {
  const { endpoint, newestVersion, replicas } = past;
  const make = (index: number): { startedAgoMs: number; script: Script } => {
    const given = plan(context, `past/${endpoint.id}/${index}`, { replicas });
    const msPerReplica = past.msPerReplica * (0.9 + given.random() * 0.7);
    const script = (EVENTS[index] ?? smooth)({ ...given, msPerReplica });
    // From 5 to 53 hours after the one before.
    return { startedAgoMs: (index + 0.1 + given.random() * 0.8) * EVERY_MS, script };
  };
  const rollouts = Array.from({ length: COUNT }, (_, index) => {
    const { startedAgoMs, script } = make(index);
    if (index !== OVERLAPPING) return { startedAgoMs, script };
    return { startedAgoMs: make(index + 1).startedAgoMs - (past.msPerReplica * replicas) / 2, script };
  });
  const done = settled({
    status: "done",
    updated: replicas,
    total: replicas,
    maxUnavailable: 2,
    errorMessage: null,
  });
  return [...rollouts, { startedAgoMs: (COUNT + 1) * EVERY_MS, script: done }].map((rollout, index) => {
    const version = newestVersion - index;
    return scripted(context, {
      endpoint,
      version,
      alias: `v${version}`,
      harm: HARMS[index],
      ...rollout,
    });
  });
}

function failAt(given: Plan, updated: number): Script {
  return fail(given, updated, shardMismatch(updated, given.replicas));
}

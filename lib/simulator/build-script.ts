import type { DeploymentState, Script, Step } from "./script";
import { scriptLengthMs } from "./script";

/** How replicas move: counts, and virtual milliseconds between them. */
export type Pace = {
  readonly random: () => number;
  readonly replicas: number;
  readonly maxUnavailable: number;
  readonly msPerReplica: number;
};

const QUEUED_MS = 2000;

/** not_started → in_progress → one replica after another → done. */
export function smooth(pace: Pace): Script {
  const steps = climbTo(pace, pace.replicas);
  return then(steps, pace.msPerReplica / 4, { status: "done" });
}

/** Climbs to `stopAt` updated replicas and never moves again. */
export function stall(pace: Pace, stopAt: number): Script {
  return climbTo(pace, stopAt);
}

/** Climbs to `failAt` updated replicas, then reports an error. */
export function fail(pace: Pace, failAt: number, errorMessage: string): Script {
  return then(climbTo(pace, failAt), pace.msPerReplica, { status: "error", errorMessage });
}

/** Climbs to `top`, then goes down to `bottom` while rolling_back, and stays so. */
export function rollBack(pace: Pace, top: number, bottom: number): Script {
  const turned = then(climbTo(pace, top), pace.msPerReplica, { status: "rolling_back" });
  return [...turned, ...moves(pace, top, bottom, scriptLengthMs(turned))];
}

/** Rolls back all the way and says so. */
export function rollBackCompletely(pace: Pace, top: number): Script {
  return then(rollBack(pace, top, 0), pace.msPerReplica / 4, { status: "rolled_back" });
}

/** Climbs to `top`, then loses replicas down to `bottom` while still in_progress. */
export function regress(pace: Pace, top: number, bottom: number): Script {
  const climb = climbTo(pace, top);
  return [...climb, ...moves(pace, top, bottom, scriptLengthMs(climb))];
}

/** One state from the beginning, for ever. */
export function settled(state: DeploymentState): Script {
  return [{ atMs: 0, ...state }];
}

function climbTo(pace: Pace, top: number): Step[] {
  const { replicas: total, maxUnavailable } = pace;
  return [
    { atMs: 0, status: "not_started", updated: 0, total, maxUnavailable, errorMessage: null },
    { atMs: QUEUED_MS, status: "in_progress" },
    ...moves(pace, 0, top, QUEUED_MS),
  ];
}

/** One step per replica between two counts, each off its beat by up to a quarter (never out of order). */
function moves(pace: Pace, from: number, to: number, startMs: number): Step[] {
  const direction = Math.sign(to - from);
  return Array.from({ length: Math.abs(to - from) }, (_, index) => {
    const jitter = (pace.random() - 0.5) * 0.5;
    return {
      atMs: Math.round(startMs + (index + 1 + jitter) * pace.msPerReplica),
      updated: from + direction * (index + 1),
    };
  });
}

function then(steps: Script, afterMs: number, state: DeploymentState): Script {
  return [...steps, { atMs: Math.round(scriptLengthMs(steps) + afterMs), ...state }];
}

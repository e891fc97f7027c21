import type { DeploymentState, Script, Step } from "./script";
import { scriptLengthMs } from "./script";

/** How replicas move: counts, and virtual milliseconds between them. */
export type Plan = {
  readonly random: () => number;
  readonly replicas: number;
  readonly maxUnavailable: number;
  readonly msPerReplica: number;
};

const QUEUED_MS = 2000;

/** not_started → in_progress → one replica after another → done. */
export function smooth(plan: Plan): Script {
  const steps = climbTo(plan, plan.replicas);
  return then(steps, plan.msPerReplica / 4, { status: "done" });
}

/** Climbs to `stopAt` updated replicas and never moves again. */
export function stall(plan: Plan, stopAt: number): Script {
  return climbTo(plan, stopAt);
}

/** Climbs to `failAt` updated replicas, then reports an error. */
export function fail(plan: Plan, failAt: number, errorMessage: string): Script {
  return then(climbTo(plan, failAt), plan.msPerReplica, { status: "error", errorMessage });
}

/** Climbs to `top`, then goes down to `bottom` while rolling_back, and stays there. */
export function rollBack(plan: Plan, top: number, bottom: number): Script {
  const turned = then(climbTo(plan, top), plan.msPerReplica, { status: "rolling_back" });
  return [...turned, ...moves(plan, top, bottom, scriptLengthMs(turned))];
}

/** Rolls back to 0 and ends rolled_back. */
export function rollBackCompletely(plan: Plan, top: number): Script {
  return then(rollBack(plan, top, 0), plan.msPerReplica / 4, { status: "rolled_back" });
}

/** Climbs to `top`, then loses replicas down to `bottom` while still in_progress. */
export function regress(plan: Plan, top: number, bottom: number): Script {
  const climb = climbTo(plan, top);
  return [...climb, ...moves(plan, top, bottom, scriptLengthMs(climb))];
}

/** One state from the beginning, forever. */
export function settled(state: DeploymentState): Script {
  return [{ atMs: 0, ...state }];
}

function climbTo(plan: Plan, top: number): Step[] {
  const { replicas: total, maxUnavailable } = plan;
  return [
    { atMs: 0, status: "not_started", updated: 0, total, maxUnavailable, errorMessage: null },
    { atMs: QUEUED_MS, status: "in_progress" },
    ...moves(plan, 0, top, QUEUED_MS),
  ];
}

/** One step per replica between two counts, each early or late by up to a quarter of the interval (never out of order). */
function moves(plan: Plan, from: number, to: number, startMs: number): Step[] {
  const direction = Math.sign(to - from);
  return Array.from({ length: Math.abs(to - from) }, (_, index) => {
    const jitter = (plan.random() - 0.5) * 0.5;
    return {
      atMs: Math.round(startMs + (index + 1 + jitter) * plan.msPerReplica),
      updated: from + direction * (index + 1),
    };
  });
}

function then(steps: Script, afterMs: number, state: DeploymentState): Script {
  return [...steps, { atMs: Math.round(scriptLengthMs(steps) + afterMs), ...state }];
}

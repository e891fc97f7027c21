import { reportLateFrom, reportStallFrom } from "./when-to-report";
import { toConditions, type Condition } from "./condition";
import { toDisplayState } from "./display-state";
import { day, hour, type Instant } from "./instant";
import type { RolloutEvent, RolloutEventKind } from "./notable-event";
import type { WatchSpan } from "./observation";
import { startOf, type Habit } from "./past-rollout";
import { latestObservation, startOrder, toNewestRolloutsFirst, type Rollout } from "./rollout";
import { isMoving, isTerminal } from "./rollout-status";
import { toStatusKind } from "./status-event";

/** An endpoint as one good poll left it. */
export type SeenEndpoint = {
  facts: { endpointId: string; org: string | null; modelArch: string | null };
  rollouts: readonly Rollout[];
  span: Pick<WatchSpan, "until">;
};

/** An event before it is worded: with the condition that it concludes, or that no longer holds. */
export type FoundEvent = Omit<RolloutEvent, "conclusion"> & { condition: Condition | null };

/** Conclusions that hold, by key. Null: unknown, because Rollcall has just started. */
export type HoldingConclusions = ReadonlySet<string> | null;

/** `progress` holds rollouts that moved without an event, as they are now. */
export type FoundEvents = {
  events: FoundEvent[];
  progress: FoundEvent[];
  holding: ReadonlySet<string>;
};

/**
 * The notable events between two good polls of an endpoint, and the conclusions that hold now. `former` is null at the
 * first look: what is already so then is no event. Conclusions that may have been reported before a restart are
 * returned again with the same key.
 */
export function findRolloutEvents(input: {
  former: SeenEndpoint | null;
  next: SeenEndpoint;
  habit: Habit;
  holding: HoldingConclusions;
}): FoundEvents {
  const { former, next, habit, holding } = input;
  const known = new Map(former?.rollouts.map((rollout) => [rollout.facts.deploymentId, rollout]));
  const concluded = next.rollouts.flatMap((rollout) => toConclusionEvents(rollout, next, habit));
  const isNew = ({ key, condition }: FoundEvent): boolean =>
    holding === null ? !isOld(condition, next.span.until) : !holding.has(key);
  const changed =
    former === null
      ? []
      : next.rollouts.flatMap((rollout) => {
          const last = known.get(rollout.facts.deploymentId);
          return [
            ...toStatusEvents(rollout, last, { former, next, habit }),
            ...toMovingAgain(rollout, last, { former, next, habit, holding }),
          ];
        });
  const events = [...changed, ...concluded.filter(isNew)];
  const spokenOf = new Set(events.map(({ deploymentId }) => deploymentId));
  return {
    events,
    progress: next.rollouts
      .filter(({ facts }) => !spokenOf.has(facts.deploymentId))
      .flatMap((rollout) => toProgress(rollout, known.get(rollout.facts.deploymentId), next, habit)),
    holding: new Set(concluded.map(({ key }) => key)),
  };
}

/** A conclusion from before the last day was reported before the restart, or is no longer news. */
function isOld(condition: Condition | null, now: Instant): boolean {
  return condition !== null && "from" in condition && now - condition.from > day;
}

type Between = { former: SeenEndpoint; next: SeenEndpoint; habit: Habit };

/** What the API itself reports: that a rollout began to move, rolls back, or ended. */
function toStatusEvents(rollout: Rollout, last: Rollout | undefined, between: Between): FoundEvent[] {
  const { former, next, habit } = between;
  if (rollout.facts.removed !== null) return [];
  const { status } = latestObservation(rollout).state;
  const lastStatus = last === undefined ? null : latestObservation(last).state.status;
  const hasMoved = rollout.observations.slice(0, -1).some(({ state }) => isMoving(state.status));
  const kind = toStatusKind(status, lastStatus, hasMoved);
  if (kind === null) return [];
  const hasEnded = isTerminal(status);
  if (last === undefined && hasEnded && !isRecent(rollout, former.span.until)) return [];
  const { at } = latestObservation(rollout);
  return [toEvent(kind, rollout, next, { at, about: at, habit, condition: null })];
}

/** Requests that the listing may show late, and clocks that differ a little. */
const slack = hour;

/** Whether a deployment that is first seen ended can have come since the last look. */
function isRecent({ facts }: Rollout, lastLook: Instant): boolean {
  return facts.createdAt === null || facts.createdAt > lastLook - slack;
}

/** The conclusions that hold. What was so before the rollout was first seen is none. */
function toConclusionEvents(rollout: Rollout, endpoint: SeenEndpoint, habit: Habit): FoundEvent[] {
  const { rollouts, span } = endpoint;
  return toConditions(rollout, rollouts, span.until, habit).flatMap((condition) => {
    switch (condition.code) {
      case "stalled": {
        const at = reportStallFrom(rollout.observations, condition);
        return span.until < at ? [] : [conclusion("stalled", at, condition.since)];
      }
      case "late": {
        const at = reportLateFrom(rollout.observations, condition, { until: span.until, habit });
        const wasLate = condition.from <= rollout.facts.firstObservedAt;
        return at === null || wasLate ? [] : [conclusion("late", at, startOf(rollout.facts))];
      }
      case "regressing":
        // Once per rollout: a count that goes up and down is one piece of news.
        return [conclusion("regressing", condition.since, startOf(rollout.facts))];
      case "overlapping":
        return [];
    }
    function conclusion(kind: RolloutEventKind, at: Instant, about: Instant): FoundEvent {
      return toEvent(kind, rollout, endpoint, { at: Math.ceil(at), about, habit, condition });
    }
  });
}

/** A stalled rollout that moves and is still under way. */
function toMovingAgain(
  rollout: Rollout,
  last: Rollout | undefined,
  { former, next, habit, holding }: Between & { holding: HoldingConclusions },
): FoundEvent[] {
  const latest = latestObservation(rollout);
  if (last === undefined || latest.at === latestObservation(last).at) return [];
  if (!isMoving(latest.state.status)) return [];
  const [stall] = toConclusionEvents(last, former, habit).filter(({ kind }) => kind === "stalled");
  if (stall === undefined || (holding !== null && !holding.has(stall.key))) return [];
  const isStalled = toConclusionEvents(rollout, next, habit).some(({ kind }) => kind === "stalled");
  // That it rolls back is an event already.
  if (isStalled || latest.state.status !== latestObservation(last).state.status) return [];
  return [
    toEvent("moving_again", rollout, next, {
      at: latest.at,
      about: latest.at,
      habit,
      condition: stall.condition,
    }),
  ];
}

function toProgress(
  rollout: Rollout,
  last: Rollout | undefined,
  next: SeenEndpoint,
  habit: Habit,
): FoundEvent[] {
  const { at, state } = latestObservation(rollout);
  if (last === undefined || at === latestObservation(last).at || !isMoving(state.status)) return [];
  const kind = state.status === "rolling_back" ? "rolling_back" : "started";
  return [toEvent(kind, rollout, next, { at, about: at, habit, condition: null })];
}

function toEvent(
  kind: RolloutEventKind,
  rollout: Rollout,
  endpoint: SeenEndpoint,
  detail: { at: Instant; about: Instant; habit: Habit; condition: Condition | null },
): FoundEvent {
  const { at, about, habit, condition } = detail;
  const { endpointId, org, modelArch } = endpoint.facts;
  const { deploymentId, version, endedAt, removed } = rollout.facts;
  const { state, notBefore } = latestObservation(rollout);
  const { status, reportedStatus, updatedReplicas, totalReplicas, errorMessage } = state;
  const codes = toConditions(rollout, endpoint.rollouts, endpoint.span.until, habit).map(({ code }) => code);
  return {
    kind,
    key: toKey(endpointId, deploymentId, kind, about),
    ...{ at, notBefore: condition === null ? notBefore : null },
    ...{ endpointId, org, modelArch, deploymentId, condition },
    previousVersion: findPreviousVersion(rollout, endpoint.rollouts),
    display: {
      ...{ status, reportedStatus, updatedReplicas, totalReplicas, errorMessage, version, endedAt },
      displayState: toDisplayState({ ...state, removedSince: removed?.since ?? null, conditions: codes }),
      startedAt: startOf(rollout.facts),
      timeLeft: null,
      noLongerReportedSince: removed?.since ?? null,
    },
  };
}

/** The event that a failure was acknowledged at an instant; null if the endpoint no longer lists that rollout. */
export function toAcknowledgedEvent(
  endpoint: SeenEndpoint,
  { deploymentId, at }: { deploymentId: string; at: Instant },
  habit: Habit,
): FoundEvent | null {
  const rollout = endpoint.rollouts.find(({ facts }) => facts.deploymentId === deploymentId);
  return rollout === undefined
    ? null
    : toEvent("acknowledged", rollout, endpoint, { at, about: at, habit, condition: null });
}

/** Names an event by recorded data only, so that a restart or a second instance names it the same. */
function toKey(endpointId: string, deploymentId: string, kind: RolloutEventKind, about: Instant): string {
  return JSON.stringify([endpointId, deploymentId, kind, about]);
}

function findPreviousVersion(rollout: Rollout, all: readonly Rollout[]): string | null {
  const older = toNewestRolloutsFirst(all).filter(
    (other) =>
      other.facts.deploymentId !== rollout.facts.deploymentId &&
      startOrder(other.facts) <= startOrder(rollout.facts),
  );
  return older.find((other) => latestObservation(other).state.status === "done")?.facts.version ?? null;
}

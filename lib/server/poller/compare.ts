import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { DeploymentReport, EndpointReport } from "@/lib/domain/endpoint-report";
import type { Instant } from "@/lib/domain/instant";
import type { Observation, WatchSpan } from "@/lib/domain/observation";
import { latestObservation, type Rollout, type RolloutFacts } from "@/lib/domain/rollout";
import { isTerminal, type RolloutStatus } from "@/lib/domain/rollout-status";
import { saysSomethingNew } from "@/lib/domain/transition";
import type { GapStart, EndpointFacts, Recording, RolloutChange } from "@/lib/server/db/recording";

import type { EndpointPicture } from "@/lib/server/state/endpoint-state";
import { toNewObservation, type NewObservation } from "./message-run";

/** What a good poll changes: the new picture, what to record, and the gap that begins, if one does. */
export type Comparison = {
  picture: EndpointPicture;
  recording: Omit<Recording, "reply">;
  gapStart: GapStart | null;
};

/**
 * Compares a report with the picture of the last one. `broken` says why there is a gap between the two; null if there
 * is none.
 */
export function compareReport(input: {
  former: EndpointPicture | null;
  report: EndpointReport;
  at: Instant;
  broken: Cause | null;
}): Comparison {
  const { former, report, at, broken } = input;
  const span = toSpan(former, at, broken);
  const known = new Map(former?.rollouts.map((rollout) => [rollout.facts.deploymentId, rollout]));
  const listed = report.deployments.map((deployment) =>
    compareDeployment(deployment, known.get(deployment.deploymentId), former?.span.until ?? null, at),
  );
  const removed = toRemoved(former, report, at);
  const facts = toFacts(report);
  const isNewEndpoint = former === null || JSON.stringify(former.facts) !== JSON.stringify(facts);
  const compared = [...listed, ...removed];
  return {
    picture: { facts, rollouts: compared.map(({ rollout }) => rollout), span },
    recording: {
      endpointId: report.endpointId,
      at,
      span: { from: span.from },
      ...(isNewEndpoint ? { endpoint: facts } : {}),
      rollouts: compared.flatMap(({ change }) => (change === null ? [] : [change])),
    },
    gapStart:
      former === null || broken === null
        ? null
        : { endpointId: report.endpointId, spanFrom: former.span.from, cause: broken },
  };
}

type Compared = { rollout: Rollout; change: RolloutChange | null };

function toSpan(former: EndpointPicture | null, at: Instant, broken: Cause | null): WatchSpan {
  if (former === null || broken !== null) return { from: at, until: at, brokenBy: null };
  return { from: former.span.from, until: at, brokenBy: null };
}

function toFacts(report: EndpointReport): EndpointFacts {
  const { endpointId, org, modelArch, createdAt, updatedAt, warnings } = report;
  return { endpointId, org, modelArch, createdAt, updatedAt, warnings, removedSince: null };
}

function compareDeployment(
  deployment: DeploymentReport,
  known: Rollout | undefined,
  lastPollAt: Instant | null,
  at: Instant,
): Compared {
  const last = known === undefined ? null : latestObservation(known);
  const isChange = last === null || saysSomethingNew(last.state, deployment.state);
  const notBefore = known?.facts.removed?.lastSeenAt ?? lastPollAt;
  const recorded = isChange ? toNewObservation(last, { at, notBefore, state: deployment.state }) : null;
  const facts = toRolloutFacts(deployment, known, at, recorded?.replaces ?? null);
  const isUnchanged = known !== undefined && JSON.stringify(known.facts) === JSON.stringify(facts);
  return {
    rollout: { facts, observations: remember(known, recorded, last) },
    change: isUnchanged && recorded === null ? null : toChange(facts, recorded),
  };
}

function toChange(facts: RolloutFacts, recorded: NewObservation | null): RolloutChange {
  const { observation = null, replaces = null } = recorded ?? {};
  return { facts, observation, ...(replaces === null ? {} : { replaces }) };
}

function remember(
  known: Rollout | undefined,
  recorded: NewObservation | null,
  last: Observation | null,
): Rollout["observations"] {
  const newest = recorded?.observation ?? last;
  if (newest === null) throw new Error("unreachable: a compared deployment has an observation");
  if (known === undefined || isTerminal(newest.state.status)) return [newest];
  if (recorded === null) return known.observations;
  const [first, ...others] = known.observations;
  const kept = recorded.replaces === null ? others : others.slice(0, -1);
  return [first, ...kept.slice(-mostObservations), newest];
}

/** Observations of a rollout kept in memory besides the first, so that a rollout that never ends cannot fill it. */
export const mostObservations = 1_000;

function toRolloutFacts(
  deployment: DeploymentReport,
  known: Rollout | undefined,
  at: Instant,
  replaces: Instant | null,
): RolloutFacts {
  const { deploymentId, model, version, versionAlias, createdAt, state } = deployment;
  const last = known === undefined ? null : latestObservation(known).state;
  // In a run of messages a newer text is the same failure: an acknowledgement still covers it.
  const isOldError = state.errorMessage === last?.errorMessage || replaces !== null;
  return {
    deploymentId,
    model,
    version,
    versionAlias,
    createdAt,
    firstObservedAt: known?.facts.firstObservedAt ?? at,
    endedAt: toEndedAt(state.status, last?.status ?? null, known?.facts.endedAt ?? null, at),
    errorSince: state.errorMessage === null ? null : isOldError ? (known?.facts.errorSince ?? at) : at,
    removed: null,
  };
}

/** Null also for a rollout that had already ended when it was first seen: the time of its end is unknown. */
function toEndedAt(
  status: RolloutStatus,
  last: RolloutStatus | null,
  endedAt: Instant | null,
  at: Instant,
): Instant | null {
  if (!isTerminal(status) || last === null) return null;
  return last === status ? endedAt : at;
}

function toRemoved(former: EndpointPicture | null, report: EndpointReport, at: Instant): Compared[] {
  if (former === null) return [];
  const listed = new Set(report.deployments.map(({ deploymentId }) => deploymentId));
  const missing = former.rollouts.filter(({ facts }) => !listed.has(facts.deploymentId));
  const alreadyRemoved = missing.filter(({ facts }) => facts.removed !== null).slice(0, removedRemembered);
  const remembered = alreadyRemoved.map((rollout, nth) =>
    nth < timelinesRemembered ? rollout : withoutTimeline(rollout),
  );
  const removedNow = missing.filter(({ facts }) => facts.removed === null);
  return [
    ...removedNow.map(({ facts, observations }) => {
      const left = { ...facts, removed: { since: at, lastSeenAt: former.span.until } };
      return { rollout: { facts: left, observations }, change: { facts: left, observation: null } };
    }),
    ...remembered.map((rollout) => ({ rollout, change: null })),
  ];
}

/**
 * Removed rollouts kept in memory, the newest first, to recognize those that a reply wrongly left out, and how many of
 * them with their timeline. History keeps all of them.
 */
const removedRemembered = 50;
const timelinesRemembered = 5;

function withoutTimeline(rollout: Rollout): Rollout {
  return rollout.observations.length === 1
    ? rollout
    : { ...rollout, observations: [latestObservation(rollout)] };
}

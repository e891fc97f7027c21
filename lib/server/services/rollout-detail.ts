import "server-only";

import { toRolloutDelta } from "@/lib/contract/rollout-delta";
import { rolloutDetailSchema, type RolloutDetail } from "@/lib/contract/rollout-detail";
import { toConclusions } from "@/lib/domain/conclusion";
import { toDurationTrend } from "@/lib/domain/duration-trend";
import { isBlind } from "@/lib/domain/freshness";
import { toGaps, type Gap } from "@/lib/domain/gap";
import { second, type Instant } from "@/lib/domain/instant";
import type { Habit } from "@/lib/domain/past-rollout";
import { toPoints } from "@/lib/domain/point";
import { reducePoints } from "@/lib/domain/reduce-points";
import { lowestGuaranteed } from "@/lib/domain/replicas";
import { hasEnded, type Rollout } from "@/lib/domain/rollout";
import { toTransitions, type Transition } from "@/lib/domain/transition";
import { durationOf, isSeenDone } from "@/lib/domain/usual-duration";
import { toConditionEvent, type EndpointEvent } from "@/lib/presentation/event";
import { shortenText } from "@/lib/presentation/shorten-text";
import { trendSentence } from "@/lib/presentation/trend-words";
import { buildId } from "@/lib/server/build-id";
import type { Context } from "@/lib/server/context";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { createMemoizePerPoll } from "./memoize-per-poll";
import { noConclusions, toConclusionsByDeployment } from "./conditions-of";
import { encode, type Answer, type Encoded } from "./answer";
import { mostDurations, readTimeline, type RolloutTimeline } from "./rollout-timeline";
import { toEarlier, toPlainView } from "./rollouts";
import { toRolloutView } from "./to-rollout-view";

const memoizePerPoll = createMemoizePerPoll<RolloutDetail>();

type RolloutRequest = { endpointId: string; deploymentId: string; since?: string | null };

/**
 * One rollout with its points, gaps and transitions. With `since`, the ETag of the client's last answer, only what
 * changed after it, if that answer is still known. Throws not_found.
 */
export async function readRollout(
  ctx: Context,
  { endpointId, deploymentId, since = null }: RolloutRequest,
): Promise<Answer<RolloutDetail>> {
  const whole = await readWhole(ctx, { endpointId, deploymentId });
  const toName = (etag: string) => JSON.stringify([endpointId, deploymentId, etag]);
  const earlier = ctx.answered.rollouts;
  const former = since === null ? undefined : earlier.get(toName(since));
  earlier.set(toName(whole.etag), whole);
  if (since === null || former === undefined) return whole;
  const makeDelta = () =>
    Promise.resolve({
      ...encode(rolloutDetailSchema, toRolloutDelta(former.body, whole.body, since)),
      etag: whole.etag,
    });
  const name = `${deploymentId} ${whole.etag} since ${since}`;
  return memoizePerPoll(ctx, { endpointId, name }, makeDelta);
}

function readWhole(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<Answer<RolloutDetail>> {
  return memoizePerPoll(ctx, { endpointId, name: deploymentId }, async (endpointState) => {
    const timeline = await readTimeline(ctx, endpointState, deploymentId);
    if (timeline === null) return null;
    const habit = await ctx.habits.readFor(endpointState, timeline.rollout.observations);
    const detail = toDetail(endpointState, timeline, { most: mostPoints, habit });
    return { ...encodeDetail(detail), isStopgap: timeline.isStopgap };
  });
}

/** More than the widest chart has pixels for steps. */
const mostPoints = 2_000;
const mostTransitions = 2_000;
/** Characters of an error message, at most, in a transition. */
const messageInTransition = 100;

/** The details of a rollout, with at most `most` points, judged by the endpoint's `habit`. */
export function toDetail(
  endpointState: EndpointState,
  timeline: RolloutTimeline,
  { most, habit }: { most: number; habit: Habit },
): RolloutDetail {
  const { rollout, latest, spans, lastSeenAt } = timeline;
  const { facts } = rollout;
  const ended = endOf(timeline);
  const until = ended ?? lastSeenAt;
  const gaps = toGaps(
    spans,
    { from: rollout.observations[0].at, until },
    ended === null ? toOpenGap(endpointState) : null,
  );
  const points = reducePoints(toPoints(rollout, until, spans), gaps, most);
  const transitions = toTransitions(rollout.observations);
  return {
    endpointId: endpointState.endpointId,
    rollout: {
      ...toRolloutView(
        facts,
        latest,
        toConclusionsByDeployment(endpointState.picture, habit).get(facts.deploymentId) ?? noConclusions,
      ),
      ...toEarlier(timeline.older),
      lowestGuaranteedReplicas: lowestGuaranteed(rollout.observations.map(({ state }) => state)),
    },
    older: toOther(timeline.older[0]),
    newer: toOther(timeline.newer),
    lastDone: toOther(timeline.older.find((each) => isSeenDone(toPlainView(each)))),
    ...toDurations(timeline),
    points,
    gaps,
    transitions: transitions.slice(-mostTransitions).map(toTransitionView),
    transitionsTotal: transitions.length,
    conclusions: toConclusionEvents(timeline, habit),
    observedAt: lastSeenAt,
    build: buildId,
  };
}

/** The durations of this rollout and those before it, as far as they succeeded and were seen to end, oldest first. */
function toDurations({ rollout, latest, dones }: RolloutTimeline): Pick<RolloutDetail, "durations"> {
  const own: Rollout = { facts: rollout.facts, observations: [latest] };
  const known = [own, ...dones].map(toPlainView).filter(isSeenDone).slice(0, mostDurations).toReversed();
  const rollouts = known.map((each) => ({ ...each, took: durationOf(each) ?? 0, total: each.totalReplicas }));
  const trend = toDurationTrend(rollouts);
  if (trend === null) return {};
  const durations = rollouts.map(({ deploymentId, version, took }) => ({
    deploymentId,
    version,
    seconds: took / second,
  }));
  return {
    durations: { rollouts: durations, usualSeconds: trend.usual / second, message: trendSentence(trend) },
  };
}

/** Concluding from each observation takes quadratic time. */
const mostConcluded = 200;

function toConclusionEvents({ rollout, lastSeenAt }: RolloutTimeline, habit: Habit): EndpointEvent[] {
  if (rollout.observations.length > mostConcluded) return [];
  const conclusions = toConclusions(rollout, [], { until: lastSeenAt }, habit);
  return conclusions.map((conclusion) => toConditionEvent(rollout.facts, conclusion));
}

function toOther(rollout: Rollout | null | undefined): RolloutDetail["lastDone"] {
  if (rollout == null) return null;
  const { deploymentId, version } = rollout.facts;
  return { deploymentId, version };
}

/** The rollout carries the newest message whole; transitions only quote the beginnings. */
function toTransitionView({ after, before, changes, messagesBetween }: Transition) {
  const shorten = (value: string | number | null) =>
    typeof value === "string" ? shortenText(value, messageInTransition) : value;
  return {
    after,
    before,
    changes: changes.map(({ field, from, to }) => ({ field, from: shorten(from), to: shorten(to) })),
    ...(messagesBetween === 0 ? {} : { messagesBetween }),
  };
}

/** Null while it is not over. */
function endOf({ rollout }: RolloutTimeline): Instant | null {
  const { facts } = rollout;
  return hasEnded(rollout) ? (facts.endedAt ?? facts.firstObservedAt) : null;
}

/** Leaves out of the ETag what changes only because time passes. */
function encodeDetail(detail: RolloutDetail): Encoded<RolloutDetail> {
  const lastPoint = detail.points.at(-1);
  const settled =
    lastPoint === undefined ? [] : [...detail.points.slice(0, -1), { ...lastPoint, until: null }];
  return encode(rolloutDetailSchema, detail, { ...detail, observedAt: null, points: settled });
}

/** Leaves out when Rollcall polls again, which changes with every poll. */
function toOpenGap({ failures }: EndpointState): Pick<Gap, "cause"> | null {
  if (failures === null || !isBlind(failures)) return null;
  const { code, message } = failures.cause;
  return { cause: { code, message } };
}

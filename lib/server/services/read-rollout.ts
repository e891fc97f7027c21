import "server-only";

import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { isBlind } from "@/lib/domain/freshness";
import { toGaps, type Gap } from "@/lib/domain/gap";
import type { Instant } from "@/lib/domain/instant";
import { latestObservation } from "@/lib/domain/observation";
import { toPoints } from "@/lib/domain/point";
import { reducePoints } from "@/lib/domain/reduce-points";
import { lowestGuaranteed } from "@/lib/domain/replicas";
import { isTerminal } from "@/lib/domain/rollout-status";
import { shortenText } from "@/lib/domain/shorten-text";
import { toTransitions, type Transition } from "@/lib/domain/transition";
import { buildId } from "@/lib/server/build-id";
import type { EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import { createAnswerOnce } from "./answer-once";
import { toConditionsByDeployment } from "./conditions-of";
import { encode, type Encoded } from "./encoded";
import { readCourse, type Course } from "./read-course";
import type { Answer } from "./read-endpoint";
import { toRolloutView } from "./to-rollout-view";

const answerOnce = createAnswerOnce<RolloutDetail>();

/** One rollout with its points, gaps and transitions; null when it or its endpoint is not known. */
export async function readRollout(
  endpointId: string,
  deploymentId: string,
): Promise<Answer<RolloutDetail> | null> {
  return answerOnce(endpointId, deploymentId, async (memory) => {
    const course = await readCourse(rollcall().history, memory, deploymentId);
    if (course === null) return null;
    return { ...encodeDetail(toDetail(memory, course, mostPoints)), isStopgap: course.isStopgap };
  });
}

/** More than the widest chart has pixels for steps. */
const mostPoints = 2_000;
const mostTransitions = 2_000;
/** Characters of an error message, at most, in a transition. */
const messageInTransition = 100;

/** What is told of a rollout, with so many points at most as reducing them allows. */
export function toDetail(memory: EndpointMemory, course: Course, most: number): RolloutDetail {
  const { facts, previous, track, latest, spans } = course;
  const ended = endOf(course);
  const until = ended ?? track.lastSeenAt;
  const gaps = toGaps(
    spans,
    { from: track.observations[0].at, until },
    ended === null ? toOpenGap(memory) : null,
  );
  const points = reducePoints(toPoints({ ...track, lastSeenAt: until }, spans), gaps, most);
  const transitions = toTransitions(track.observations);
  return {
    endpointId: memory.endpointId,
    rollout: {
      ...toRolloutView(facts, latest, toConditionsByDeployment(memory.picture).get(facts.deploymentId) ?? []),
      previousVersion: previous,
      lowestGuaranteedReplicas: lowestGuaranteed(track.observations.map(({ state }) => state)),
    },
    points: points.map((point) => ({ ...point, from: toIso(point.from), until: toIso(point.until) })),
    gaps: gaps.map(toGapView),
    transitions: transitions.slice(-mostTransitions).map(toTransitionView),
    transitionsTotal: transitions.length,
    observedAt: toIso(track.lastSeenAt),
    build: buildId,
  };
}

/** The rollout carries the newest message whole; a list of changes names messages without repeating them. */
function toTransitionView({ after, before, changes, messagesBetween }: Transition) {
  const shorten = (value: string | number | null) =>
    typeof value === "string" ? shortenText(value, messageInTransition) : value;
  return {
    after: toIsoOrNull(after),
    before: toIso(before),
    changes: changes.map(({ field, from, to }) => ({ field, from: shorten(from), to: shorten(to) })),
    ...(messagesBetween === 0 ? {} : { messagesBetween }),
  };
}

/** Null while it goes on. */
function endOf({ facts, track }: Course): Instant | null {
  const hasEnded = isTerminal(latestObservation(track).state.status);
  return hasEnded ? (facts.endedAt ?? facts.firstObservedAt) : null;
}

/** Time that goes by without news makes no new content. */
function encodeDetail(detail: RolloutDetail): Encoded<RolloutDetail> {
  const lastPoint = detail.points.at(-1);
  const settled =
    lastPoint === undefined ? [] : [...detail.points.slice(0, -1), { ...lastPoint, until: null }];
  return encode(detail, { ...detail, observedAt: null, points: settled });
}

function toOpenGap({ failures }: EndpointMemory): Pick<Gap, "cause"> | null {
  return failures !== null && isBlind(failures) ? { cause: failures.cause } : null;
}

function toGapView({ from, until, cause }: Gap): RolloutDetail["gaps"][number] {
  return {
    from: toIso(from),
    until: toIsoOrNull(until),
    cause: cause === null ? null : { code: cause.code, message: cause.message },
  };
}

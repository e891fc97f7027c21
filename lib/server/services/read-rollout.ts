import "server-only";

import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { toConditions } from "@/lib/domain/condition";
import { isBlind } from "@/lib/domain/freshness";
import { toGaps, type Gap } from "@/lib/domain/gap";
import { latestObservation, type RolloutTrack, type WatchSpan } from "@/lib/domain/observation";
import { toPoints } from "@/lib/domain/point";
import { lowestGuaranteed } from "@/lib/domain/replicas";
import { isTerminal } from "@/lib/domain/rollout-status";
import { toTransitions } from "@/lib/domain/transition";
import { buildId } from "@/lib/server/build-id";
import { isHistoryUnavailable } from "@/lib/server/history/database-problem";
import type { RolloutFacts } from "@/lib/server/history/recording";
import { toTrack, type EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import { encode, type Encoded } from "./encoded";
import { createOncePerPoll } from "./once-per-poll";
import { toAge } from "./poll-hints";
import type { Answer } from "./read-endpoint";
import { lookBack, previousVersion } from "./read-rollouts";
import { toRolloutView } from "./to-rollout-view";

const oncePerPoll = createOncePerPoll<Encoded<RolloutDetail> | null>();

/** One rollout with its points, gaps and transitions; null when it or its endpoint is not known. */
export async function readRollout(
  endpointId: string,
  deploymentId: string,
): Promise<Answer<RolloutDetail> | null> {
  const { board, clock, schedule } = rollcall();
  const memory = board.get(endpointId);
  if (memory === undefined) return null;
  const encoded = await oncePerPoll(memory, deploymentId, () => makeDetail(memory, deploymentId));
  if (encoded === null) return null;
  const now = clock();
  return { ...encoded, age: toAge(memory, now), nextPollIn: schedule.nextPollIn(memory, now) };
}

/** From history; while that cannot be read from memory, which holds the whole of what rolls. */
async function makeDetail(
  memory: EndpointMemory,
  deploymentId: string,
): Promise<Encoded<RolloutDetail> | null> {
  try {
    return await readDetail(memory, deploymentId);
  } catch (error) {
    const remembered = isHistoryUnavailable(error) ? recallDetail(memory, deploymentId) : null;
    if (remembered === null) throw error;
    return remembered;
  }
}

/** Null for what memory does not hold from its beginning on. */
function recallDetail(memory: EndpointMemory, deploymentId: string): Encoded<RolloutDetail> | null {
  const { picture } = memory;
  const rollout = picture?.rollouts.find(({ facts }) => facts.deploymentId === deploymentId);
  if (picture === null || rollout === undefined) return null;
  const { facts, observations } = rollout;
  if (observations[0].at !== facts.firstObservedAt) return null;
  return encodeDetail(memory, { facts, previous: null }, toTrack(rollout, picture.span), [picture.span]);
}

async function readDetail(
  memory: EndpointMemory,
  deploymentId: string,
): Promise<Encoded<RolloutDetail> | null> {
  const { history } = rollcall();
  const { endpointId, picture } = memory;
  const facts = await history.readRolloutFacts(endpointId, deploymentId);
  const [first, ...others] = await history.readObservations(endpointId, deploymentId);
  if (facts === null || first === undefined || picture === null) return null;
  const window = { from: first.at, until: facts.gone?.lastSeenAt ?? picture.span.until };
  const spans = await history.readSpans(endpointId, window);
  const track = toTrack({ facts, observations: [first, ...others] }, picture.span);
  const older = await history.readRollouts(endpointId, {
    limit: lookBack,
    after: { sortAt: facts.createdAt ?? facts.firstObservedAt, deploymentId },
  });
  return encodeDetail(memory, { facts, previous: previousVersion(older) }, track, spans);
}

function encodeDetail(
  memory: EndpointMemory,
  { facts, previous }: { facts: RolloutFacts; previous: string | null },
  track: RolloutTrack,
  spans: readonly WatchSpan[],
): Encoded<RolloutDetail> {
  const others = memory.picture?.rollouts.map((rollout) => toTrack(rollout, spans.at(-1) ?? emptySpan)) ?? [];
  const ended = isTerminal(latestObservation(track).state.status)
    ? (facts.endedAt ?? facts.firstObservedAt)
    : null;
  const until = ended ?? track.lastSeenAt;
  const window = { from: track.observations[0].at, until };
  const points = toPoints({ ...track, lastSeenAt: until }, spans);
  const detail: RolloutDetail = {
    endpointId: memory.endpointId,
    rollout: {
      ...toRolloutView(facts, latestObservation(track), toConditions(track, others, track.lastSeenAt)),
      previousVersion: previous,
      lowestGuaranteedReplicas: lowestGuaranteed(track.observations.map(({ state }) => state)),
    },
    points: points.map((point) => ({ ...point, from: toIso(point.from), until: toIso(point.until) })),
    gaps: toGaps(spans, window, ended === null ? toOpenGap(memory) : null).map(toGapView),
    transitions: toTransitions(track.observations).map(({ after, before, changes }) => ({
      after: toIsoOrNull(after),
      before: toIso(before),
      changes: [...changes],
    })),
    observedAt: toIso(track.lastSeenAt),
    build: buildId,
  };
  const lastPoint = detail.points.at(-1);
  const settled =
    lastPoint === undefined ? [] : [...detail.points.slice(0, -1), { ...lastPoint, until: null }];
  return encode(detail, { ...detail, observedAt: null, points: settled });
}

const emptySpan: WatchSpan = { from: 0, until: 0, brokenBy: null };

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

import "server-only";

import { rolloutTrafficSchema, type RolloutTraffic, type TrafficWindowView } from "@/lib/contract/traffic";
import { minute, second, type Duration } from "@/lib/domain/instant";
import { hasEnded, startOrder, type Rollout } from "@/lib/domain/rollout";
import { startOf } from "@/lib/domain/past-rollout";
import type { TrafficMinute } from "@/lib/domain/traffic";
import { toTrafficEffect } from "@/lib/domain/traffic-effect";
import { besideRollout, type Stretch, type TrafficWindow } from "@/lib/domain/traffic-windows";
import { trafficConclusions } from "@/lib/presentation/traffic-words";
import type { Context } from "@/lib/server/context";
import type { TrafficSource } from "@/lib/server/db/traffic";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { encode, type Answer, type Encoded } from "./answer";
import { hasTraffic } from "./has-traffic";
import { readSources } from "./traffic-sources";
import { createMemoizePerPoll } from "./memoize-per-poll";

/** More than a day; a longer rollout shows its newest minutes. */
const mostMinutes = 1_500;
/** How many rollouts before and after one may have been under way near it. */
const mostNeighbors = 10;
/** A viewer asks again this long after the poller did. */
const afterPoll: Duration = 2 * second;

const memoizePerPoll = createMemoizePerPoll<RolloutTraffic>();

/** What callers felt of one rollout. Throws not_found. */
export async function readTraffic(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<Answer<RolloutTraffic>> {
  const source = await readSource(ctx, endpointId);
  const name = `${deploymentId} ${source?.answeredAt ?? ""} ${source?.cause?.code ?? ""}`;
  const answer = await memoizePerPoll(ctx, { endpointId, name }, (endpointState) =>
    makeTraffic(ctx, { endpointState, deploymentId, source }),
  );
  const { at } = ctx.clock();
  const age = source?.answeredAt == null ? null : Math.max(0, at - source.answeredAt);
  return { ...answer, age, nextPollIn: untilNext(age) };
}

/** The newest state of the source; null if none is configured. */
async function readSource(ctx: Context, endpointId: string): Promise<TrafficSource | null> {
  if (!hasTraffic(ctx, endpointId)) return null;
  const org = ctx.endpointStore.ownerOf(endpointId) ?? "";
  const none: TrafficSource = { org, answeredAt: null, minuteAt: null, endpoints: null, cause: null };
  return (await readSources(ctx)).find((each) => each.org === org) ?? none;
}

function untilNext(age: Duration | null): Duration {
  return Math.max(5 * second, minute - (age ?? minute) + afterPoll);
}

async function makeTraffic(
  ctx: Context,
  what: { endpointState: EndpointState; deploymentId: string; source: TrafficSource | null },
): Promise<Encoded<RolloutTraffic> | null> {
  const { endpointState, deploymentId, source } = what;
  const { endpointId } = endpointState;
  const found = await findRollout(ctx, endpointId, deploymentId);
  if (found === null) return null;
  const { rollout, others } = found;
  const minutes = source === null ? [] : await readMinutes(ctx, endpointId, rollout);
  const shown = minutes.slice(-mostMinutes);
  const effect = toTrafficEffect(shown, rollout, others);
  const body: RolloutTraffic = {
    endpointId,
    deploymentId,
    source: source === null ? null : { observedAt: source.answeredAt, cause: source.cause },
    minutes: shown.map(toMinuteView),
    isCut: minutes.length > shown.length,
    before: toWindowView(effect.before),
    during: toWindowView(effect.during),
    after: toWindowView(effect.after),
    conclusions: trafficConclusions(effect),
  };
  return encode(rolloutTrafficSchema, body, { ...body, source: nameSource(body.source) });
}

/** Leaves out what only says that time has passed. */
function nameSource(source: RolloutTraffic["source"]) {
  return source === null
    ? null
    : { cause: source.cause === null ? null : { ...source.cause, retryAt: null } };
}

/** When a rollout and its neighbors were under way; null if there is no such rollout. */
async function findRollout(
  { history }: Context,
  endpointId: string,
  deploymentId: string,
): Promise<{ rollout: Stretch; others: Stretch[] } | null> {
  const facts = await history.readRolloutFacts(endpointId, deploymentId);
  const latest = await history.readLatestObservation(endpointId, deploymentId);
  if (facts === null || latest === null) return null;
  const place = { sortAt: startOrder(facts), deploymentId };
  const older = await history.readRollouts(endpointId, { limit: mostNeighbors, after: place });
  const newer = await history.readRollouts(endpointId, { limit: mostNeighbors, before: place });
  return {
    rollout: toStretch({ facts, observations: [latest] }),
    others: [...older, ...newer].map(toStretch),
  };
}

function toStretch(rollout: Rollout): Stretch {
  const { facts } = rollout;
  const hadEnded = hasEnded(rollout) ? facts.firstObservedAt : null;
  return { startedAt: startOf(facts), endedAt: facts.endedAt ?? facts.removed?.lastSeenAt ?? hadEnded };
}

/** One more than is shown tells whether there are older ones. */
function readMinutes(
  { history }: Context,
  endpointId: string,
  { startedAt, endedAt }: Stretch,
): Promise<TrafficMinute[]> {
  return history.traffic.readMinutes(endpointId, {
    from: startedAt - besideRollout,
    until: endedAt === null ? Number.MAX_SAFE_INTEGER : endedAt + besideRollout,
    most: mostMinutes + 1,
  });
}

function toMinuteView(each: TrafficMinute): RolloutTraffic["minutes"][number] {
  return { at: each.at, requests: each.requests, failures: each.failures, ...toTimes(each) };
}

function toWindowView({ minutes, requests, failures, ...times }: TrafficWindow): TrafficWindowView {
  return { minutes, requests, failures, ...toTimes(times) };
}

function toTimes(
  times: Pick<TrafficMinute, "firstTokenP50" | "firstTokenP95" | "queueP50" | "queueP95">,
): Pick<TrafficWindowView, "timeToFirstToken" | "queueTime"> {
  const toSeconds = (time: Duration | null) => (time === null ? null : time / second);
  return {
    timeToFirstToken: {
      p50Seconds: toSeconds(times.firstTokenP50),
      p95Seconds: toSeconds(times.firstTokenP95),
    },
    queueTime: { p50Seconds: toSeconds(times.queueP50), p95Seconds: toSeconds(times.queueP95) },
  };
}

import "server-only";

import type { EventList } from "@/lib/contract/event";
import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import { toConditionEvents } from "@/lib/domain/condition-event";
import { toGapEvents, toNewestFirst, toRolloutEvents, type EndpointEvent } from "@/lib/domain/event";
import { isBlind } from "@/lib/domain/freshness";
import { toGaps } from "@/lib/domain/gap";
import type { Observation } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/server/history/recording";
import { toTrack, type EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import { createAnswerOnce } from "./answer-once";
import { encode, type Encoded } from "./encoded";
import type { Answer } from "./read-endpoint";

/** How much of the log is shown; history keeps all of it. */
const mostObservations = 200;
const mostSpans = 50;
const mostEvents = 200;

const answerOnce = createAnswerOnce<EventList>();

/** An endpoint's newest events, newest first; null when it is not watched. */
export async function readEvents(endpointId: string): Promise<Answer<EventList> | null> {
  return answerOnce(endpointId, "events", makeEvents);
}

async function makeEvents(memory: EndpointMemory): Promise<Encoded<EventList>> {
  const { history } = rollcall();
  const { endpointId } = memory;
  const recent = await history.readRecentObservations(endpointId, mostObservations);
  const spans = (await history.readRecentSpans(endpointId, mostSpans)).toReversed();
  const groups = groupByDeployment(recent);
  const facts = await history.readFactsOf(endpointId, [...groups.keys()]);
  const ofRollouts = facts.map((each) => toEventsOf(each, groups.get(each.deploymentId) ?? []));
  const isOpen = memory.failures !== null && isBlind(memory.failures);
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const gaps = toGaps(spans, always, isOpen ? { cause: memory.failures?.cause ?? null } : null);
  const since = Math.max(
    (recent.length < mostObservations ? undefined : recent.at(-1)?.observation.at) ??
      Number.NEGATIVE_INFINITY,
    (spans.length < mostSpans ? undefined : spans[0]?.from) ?? Number.NEGATIVE_INFINITY,
  );
  const all = [...ofRollouts.flat(), ...toConclusions(memory, facts, groups), ...toGapEvents(gaps)];
  const events = toNewestFirst(all, since).slice(0, mostEvents);
  return encode({ events: events.map(toView) });
}

function groupByDeployment(
  recent: readonly { deploymentId: string; observation: Observation }[],
): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const { deploymentId, observation } of recent.toReversed()) {
    groups.set(deploymentId, [...(groups.get(deploymentId) ?? []), observation]);
  }
  return groups;
}

function toEventsOf(facts: RolloutFacts, observations: readonly Observation[]): EndpointEvent[] {
  return toRolloutEvents(facts, observations, {
    isFromFirst: observations[0]?.at === facts.firstObservedAt,
    goneSince: facts.gone?.since ?? null,
    lastSeenAt: facts.gone?.lastSeenAt ?? null,
  });
}

/** What was concluded about the rollouts, told where it began. */
function toConclusions(
  { picture }: EndpointMemory,
  facts: readonly RolloutFacts[],
  groups: ReadonlyMap<string, readonly Observation[]>,
): EndpointEvent[] {
  if (picture === null) return [];
  const tracks = facts.flatMap((each) => {
    const [first, ...rest] = groups.get(each.deploymentId) ?? [];
    return first === undefined
      ? []
      : [toTrack({ facts: each, observations: [first, ...rest] }, picture.span)];
  });
  return tracks.flatMap((track) =>
    toConditionEvents(
      track,
      tracks.filter((other) => other !== track),
    ),
  );
}

function toView(event: EndpointEvent): EventList["events"][number] {
  return { ...event, after: toIsoOrNull(event.after), before: toIso(event.before) };
}

import "server-only";

import { eventListSchema, type EventList } from "@/lib/contract/event";
import { toConclusions } from "@/lib/domain/conclusion";
import { isBlind } from "@/lib/domain/freshness";
import { toGaps } from "@/lib/domain/gap";
import { extendNewest, type Observation, type WatchSpan } from "@/lib/domain/observation";
import type { Habit } from "@/lib/domain/past-rollout";
import type { Rollout } from "@/lib/domain/rollout";
import {
  toConditionEvent,
  toGapEvents,
  toNewestFirst,
  toRolloutEvents,
  type EndpointEvent,
} from "@/lib/presentation/event";
import type { Context } from "@/lib/server/context";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { encode, type Answer, type Encoded } from "./answer";
import { createMemoPerChange } from "./memoize-per-change";
import { createMemoizePerPoll } from "./memoize-per-poll";

/** How much of the log is shown; the database keeps all of it. */
const mostObservations = 200;
const mostSpans = 50;
const mostEvents = 200;

const memoizePerPoll = createMemoizePerPoll<EventList>();

/** An endpoint's newest events, newest first. Throws not_found. */
export function readEvents(ctx: Context, { endpointId }: { endpointId: string }): Promise<Answer<EventList>> {
  return memoizePerPoll(ctx, { endpointId, name: "events" }, (endpointState) =>
    makeEvents(ctx, endpointState),
  );
}

type Recorded = {
  recent: readonly { deploymentId: string; observation: Observation }[];
  rollouts: readonly Rollout[];
  spans: readonly WatchSpan[];
};

const memoPerChange = createMemoPerChange<Recorded>(500);

async function readRecorded(history: Context["history"], endpointId: string): Promise<Recorded> {
  const recent = await history.readRecentObservations(endpointId, mostObservations);
  const spans = (await history.readRecentSpans(endpointId, mostSpans)).toReversed();
  const groups = groupByDeployment(recent);
  const facts = await history.readFactsOf(endpointId, [...groups.keys()]);
  const rollouts = facts.flatMap((each): Rollout[] => {
    const [first, ...others] = groups.get(each.deploymentId) ?? [];
    return first === undefined ? [] : [{ facts: each, observations: [first, ...others] }];
  });
  return { recent, rollouts, spans };
}

async function makeEvents(ctx: Context, endpointState: EndpointState): Promise<Encoded<EventList>> {
  const { endpointId, picture } = endpointState;
  const read = () => readRecorded(ctx.history, endpointId);
  const recorded = await memoPerChange(ctx, endpointState, { name: "events", read });
  const { recent, rollouts } = recorded;
  const spans = extendNewest(recorded.spans, picture?.span ?? null);
  const isOpen = endpointState.failures !== null && isBlind(endpointState.failures);
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const gaps = toGaps(spans, always, isOpen ? { cause: endpointState.failures?.cause ?? null } : null);
  const since = Math.max(
    (recent.length < mostObservations ? undefined : recent.at(-1)?.observation.at) ??
      Number.NEGATIVE_INFINITY,
    (spans.length < mostSpans ? undefined : spans[0]?.from) ?? Number.NEGATIVE_INFINITY,
  );
  const habit = await ctx.habits.readFor(
    endpointState,
    recent.map(({ observation }) => observation),
  );
  const all = [
    ...rollouts.flatMap(toRolloutEvents),
    ...toConditionEvents(endpointState, rollouts, habit),
    ...toGapEvents(gaps),
  ];
  const events = toNewestFirst(all, since).slice(0, mostEvents);
  return encode(eventListSchema, { events });
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

/** The conditions of the rollouts, at the moments when they began to hold. */
function toConditionEvents(
  { picture }: EndpointState,
  rollouts: readonly Rollout[],
  habit: Habit,
): EndpointEvent[] {
  if (picture === null) return [];
  const events = rollouts.flatMap((rollout) =>
    toConclusions(
      rollout,
      rollouts.filter((other) => other !== rollout),
      picture.span,
      habit,
    ).map((conclusion) => toConditionEvent(rollout.facts, conclusion)),
  );
  // That rollouts overlap is concluded about each of them, in the same words.
  return events.filter(
    ({ before, message }, index) =>
      index === events.findIndex((other) => other.before === before && other.message === message),
  );
}

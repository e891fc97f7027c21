import type { Conclusion } from "@/lib/domain/conclusion";
import type { Gap } from "@/lib/domain/gap";
import type { Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import { hasEnded, type Rollout, type RolloutFacts } from "@/lib/domain/rollout";
import { reportableStatuses, type RolloutStatus } from "@/lib/domain/rollout-status";
import { toTransition, type Change, type Transition } from "@/lib/domain/transition";

import { notReported } from "./count";
import { conditionSentence } from "./condition-sentence";
import { shortenText } from "./shorten-text";

/** One line of an endpoint's log: it happened after `after` (null: unknown) and no later than `before`. */
export type EndpointEvent = {
  id: string;
  kind:
    | "first_seen"
    | "status"
    | "replicas"
    | "total"
    | "max_unavailable"
    | "error"
    | "condition"
    | "no_longer_reported"
    | "gap"
    | "watching_again";
  after: Instant | null;
  before: Instant;
  deploymentId: string | null;
  version: string | null;
  /** The status that the rollout had from then on, where the event is about that. */
  status: RolloutStatus | null;
  /** The updated replicas before and after, where the event is a step of theirs. */
  counts: { from: number | null; to: number | null } | null;
  message: string;
};

/** Characters of an error message, at most. */
const quoteAtMost = 100;

type RolloutName = Pick<EndpointEvent, "deploymentId" | "version">;

const kinds: Record<Change["field"], EndpointEvent["kind"]> = {
  status: "status",
  reportedStatus: "status",
  updatedReplicas: "replicas",
  totalReplicas: "total",
  maxUnavailable: "max_unavailable",
  errorMessage: "error",
};

/**
 * Newest first, from `since` on: where only the newest observations or spans were read, events before the oldest of
 * them are incomplete. Of events with the same `before`, the one that can have begun later comes first: a gap starts
 * after the change that the last good observation saw.
 */
export function toNewestFirst(events: readonly EndpointEvent[], since: Instant): EndpointEvent[] {
  const earliest = ({ after }: EndpointEvent): Instant => after ?? Number.NEGATIVE_INFINITY;
  const known = events.filter(({ before }) => before >= since);
  return known.toSorted(
    (a, b) => b.before - a.before || compareInstants(earliest(b), earliest(a)) || rank(b) - rank(a),
  );
}

function compareInstants(a: Instant, b: Instant): number {
  return a === b ? 0 : a - b;
}

/** With the same reply, watching resumes before the changes it shows, and stops after them. */
function rank({ kind }: EndpointEvent): number {
  return kind === "gap" ? 1 : kind === "watching_again" ? -1 : 0;
}

/**
 * The events of one rollout. If older observations are left out, the first one causes no event. An ended rollout that
 * is no longer listed is no event: lists hold the newest rollouts only.
 */
export function toRolloutEvents(rollout: Rollout): EndpointEvent[] {
  const { facts, observations } = rollout;
  const { removed } = facts;
  const events = observations.flatMap((observation, index) => {
    const former = observations[index - 1];
    if (former !== undefined) return toTransitionEvents(facts, toTransition(former, observation));
    return observation.at === facts.firstObservedAt ? [toFirstObservation(facts, observation)] : [];
  });
  if (removed === null || hasEnded(rollout)) return events;
  return [
    ...events,
    toEvent(facts, "no_longer_reported", {
      after: removed.lastSeenAt,
      before: removed.since,
      message: "No longer reported by Cerebras, before its end.",
    }),
  ];
}

type PublicTransition = Omit<Transition, "messagesBetween"> & { messagesBetween?: number | undefined };

/** The events of rollouts up to the endpoint's latest answer that is shown; the log may have been read after it. */
export function eventsUntil<T extends Pick<EndpointEvent, "before" | "deploymentId">>(
  events: readonly T[],
  observedAt: Instant | null,
): T[] {
  return events.filter(
    ({ before, deploymentId }) => observedAt === null || deploymentId === null || before <= observedAt,
  );
}

/** The events of a rollout's details, newest first. Where older transitions are left out, so is “first seen”. */
export function toDetailEvents(detail: {
  rollout: RolloutName & Pick<RolloutFacts, "firstObservedAt">;
  transitions: readonly PublicTransition[];
  transitionsTotal: number;
  conclusions: readonly EndpointEvent[];
  gaps: readonly Gap[];
}): EndpointEvent[] {
  const { rollout, transitions, transitionsTotal, conclusions, gaps } = detail;
  const { firstObservedAt: before } = rollout;
  const isWhole = transitions.length === transitionsTotal;
  const first = toEvent(rollout, "first_seen", { after: null, before, message: "First seen by Rollcall." });
  const since = isWhole ? before : (transitions[0]?.before ?? before);
  return toNewestFirst(
    [
      ...(isWhole ? [first] : []),
      ...transitions.flatMap((transition) => toTransitionEvents(rollout, transition)),
      ...conclusions,
      ...toGapEvents(gaps),
    ],
    since,
  );
}

function toTransitionEvents(name: RolloutName, transition: PublicTransition): EndpointEvent[] {
  const { after, before, changes, messagesBetween } = transition;
  return changes.map((change) =>
    toEvent(name, kinds[change.field], {
      after,
      before,
      message: changeSentence(change, messagesBetween),
      status: change.field === "status" ? toStatus(change.to) : null,
      counts: change.field === "updatedReplicas" ? toCounts(change) : null,
    }),
  );
}

/** The event of a condition that began to hold. */
export function toConditionEvent(name: RolloutName, { condition, after, before }: Conclusion): EndpointEvent {
  // Where rollouts overlap, the sentence itself says what Rollcall concludes.
  const prefix = condition.code === "overlapping" ? "" : "Rollcall concludes: ";
  const message = `${prefix}${conditionSentence(condition)}`;
  const id = `${before}-${name.deploymentId ?? "endpoint"}-${condition.code}`;
  const { deploymentId, version } = name;
  return { id, kind: "condition", deploymentId, version, status: null, counts: null, after, before, message };
}

/** The events of gaps: when watching stopped and when it resumed. */
export function toGapEvents(gaps: readonly Gap[]): EndpointEvent[] {
  const anonymous = { deploymentId: null, version: null };
  return gaps.flatMap((gap) => {
    const because = gap.cause === null ? "" : ` ${gap.cause.message}`;
    const broke = toEvent(anonymous, "gap", {
      after: gap.from,
      before: gap.from,
      message: `Watching stopped.${because}`,
    });
    if (gap.until === null) return [broke];
    return [
      broke,
      toEvent(anonymous, "watching_again", {
        after: gap.from,
        before: gap.until,
        message: "Watching resumed.",
      }),
    ];
  });
}

function toFirstObservation(name: RolloutName, { at, notBefore, state }: Observation): EndpointEvent {
  const status =
    state.status === "unknown" ? (state.reportedStatus ?? "without a status") : toWords(state.status);
  const message = `First seen: ${status}.`;
  return toEvent(name, "first_seen", { after: notBefore, before: at, message, status: state.status });
}

function toStatus(value: string | number | null): RolloutStatus | null {
  return reportableStatuses.find((status) => status === value) ?? (value === "unknown" ? "unknown" : null);
}

function toCounts({ from, to }: Change): EndpointEvent["counts"] {
  const toCount = (value: string | number | null) => (typeof value === "number" ? value : null);
  return { from: toCount(from), to: toCount(to) };
}

/** One change as a sentence. `between`: how many other error messages came in between. */
function changeSentence({ field, from, to }: Change, between = 0): string {
  const words = (value: string | number | null): string => (value === null ? notReported : String(value));
  switch (field) {
    case "status":
      return `Status: ${toWords(words(from))} → ${toWords(words(to))}.`;
    case "reportedStatus":
      return `Status word: ${words(from)} → ${words(to)}.`;
    case "updatedReplicas":
      return `Updated replicas: ${words(from)} → ${words(to)}.`;
    case "totalReplicas":
      return `Total replicas: ${words(from)} → ${words(to)}.`;
    case "maxUnavailable":
      return `Max unavailable: ${words(from)} → ${words(to)}.`;
    case "errorMessage":
      if (to === null) return "The error message was removed.";
      if (from === null) return `An error message appeared: “${shortenText(words(to), quoteAtMost)}”`;
      return between === 0
        ? "The error message changed."
        : `The error message keeps changing: ${between} other${between === 1 ? "" : "s"} in between.`;
  }
}

function toWords(status: string): string {
  return status.replaceAll("_", " ");
}

function toEvent(
  { deploymentId, version }: RolloutName,
  kind: EndpointEvent["kind"],
  what: Pick<EndpointEvent, "after" | "before" | "message"> &
    Partial<Pick<EndpointEvent, "status" | "counts">>,
): EndpointEvent {
  const id = `${what.before}-${deploymentId ?? "endpoint"}-${kind}`;
  return { id, kind, deploymentId, version, status: null, counts: null, ...what };
}

import type { Cause } from "./cause";
import type { Instant } from "./instant";
import type { RolloutDisplay } from "./rollout-display";

/** What people can be notified about. `finished` may still be bad news: its display state can be `incomplete`. */
export const rolloutEventKinds = [
  "started",
  "finished",
  "failed",
  "rolling_back",
  "rolled_back",
  "cancelled",
  "stalled",
  "late",
  "regressing",
  "moving_again",
  "acknowledged",
] as const;
export const outageEventKinds = ["blind", "seeing_again"] as const;
export const eventKinds = [...rolloutEventKinds, ...outageEventKinds] as const;

export type RolloutEventKind = (typeof rolloutEventKinds)[number];
export type EventKind = (typeof eventKinds)[number];

/** A rollout at the moment of an event: enough to word the message later. */
export type RolloutEvent = {
  kind: RolloutEventKind;
  /** The same after a restart, and on every instance. */
  key: string;
  /** The instant that it speaks of. It happened after `notBefore` (null: unknown). */
  at: Instant;
  notBefore: Instant | null;
  endpointId: string;
  org: string | null;
  modelArch: string | null;
  deploymentId: string;
  /** Of the newest older rollout that was done. */
  previousVersion: string | null;
  display: RolloutDisplay;
  /** What Rollcall concludes, as a sentence, and since when; null where the event is no conclusion. */
  conclusion: { since: Instant; sentence: string } | null;
};

/** Rollcall cannot see endpoints of an organization, or can see them again. One for all that fail for one reason. */
export type OutageEvent = {
  kind: (typeof outageEventKinds)[number];
  key: string;
  at: Instant;
  org: string | null;
  /** The last good observation before the outage. */
  from: Instant;
  cause: Cause;
  /** Some of the endpoints, in alphabetical order, and how many they are in all. */
  endpointIds: readonly string[];
  endpointCount: number;
};

export type NotableEvent = RolloutEvent | OutageEvent;

export function isOutageEvent(event: NotableEvent): event is OutageEvent {
  return event.kind === "blind" || event.kind === "seeing_again";
}

/** The endpoint that an event is about; null for an outage of several. */
export function onlyEndpointOf(event: NotableEvent): string | null {
  if (!isOutageEvent(event)) return event.endpointId;
  return event.endpointCount === 1 ? (event.endpointIds[0] ?? null) : null;
}

/** Whether an event is bad news. */
export function isBad(event: NotableEvent): boolean {
  if (event.kind === "finished") return event.display.displayState === "incomplete";
  return badKinds.has(event.kind);
}

const badKinds: ReadonlySet<EventKind> = new Set([
  "failed",
  "rolling_back",
  "rolled_back",
  "stalled",
  "late",
  "regressing",
  "blind",
]);

/** Messages with the same thread belong together: one for each rollout, and one for each outage. */
export function threadOf(event: NotableEvent): string {
  return isOutageEvent(event)
    ? `outage ${event.org ?? ""} ${event.from}`
    : `rollout ${event.endpointId} ${event.deploymentId}`;
}

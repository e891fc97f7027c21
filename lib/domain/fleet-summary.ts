import type { Cause } from "./cause";
import type { Freshness, FreshnessState } from "./freshness";
import type { Instant } from "./instant";
import type { DisplayState } from "./display-state";

/** One endpoint of a summary. `displayState` is the last one known. */
export type FleetPart = { displayState: DisplayState; freshness: Freshness };

/** Several endpoints, grouped by freshness. Each endpoint is in exactly one group. */
export type FleetSummary = {
  total: number;
  /** The display states of the endpoints that are live. */
  seen: readonly DisplayState[];
  /** Last seen more than two intervals ago. */
  delayed: readonly FleetPart[];
  /** Polls fail or are refused. */
  blind: readonly FleetPart[];
  /** Not observed yet, with no failure so far. */
  awaited: readonly FleetPart[];
  /** Whether the list of endpoints cannot be read. */
  isListBlind: boolean;
  /** The freshness of the whole, with the instant and the cause for the headline. */
  freshness: Freshness;
};

const active: ReadonlySet<DisplayState> = new Set([
  "not_started",
  "in_progress",
  "late",
  "rolling_back",
  "stalled",
  "regressing",
  "unknown",
]);

/**
 * Groups the parts and judges the whole from them alone, so that both change at the same moment. The whole is blind
 * when the list, every active endpoint or every endpoint is; delayed when no active endpoint or no endpoint is live.
 */
export function summarizeFleet(parts: readonly FleetPart[], isListBlind = false): FleetSummary {
  const isAwaited = ({ freshness }: FleetPart) =>
    freshness.state !== "blind" && freshness.observedAt === null && freshness.cause === null;
  const known = parts.filter((part) => !isAwaited(part));
  const inState = (state: FreshnessState) => known.filter(({ freshness }) => freshness.state === state);
  const blind = inState("blind");
  const delayed = inState("delayed");
  return {
    total: parts.length,
    seen: inState("live").map(({ displayState }) => displayState),
    delayed,
    blind,
    awaited: parts.filter(isAwaited),
    isListBlind,
    freshness: {
      state: judgeWhole(parts, isListBlind),
      observedAt: earliest([...blind, ...delayed].map(({ freshness }) => freshness.observedAt)),
      cause: longestCause(blind) ?? longestCause(delayed),
    },
  };
}

function judgeWhole(parts: readonly FleetPart[], isListBlind: boolean): FreshnessState {
  const ofActive = parts.filter(({ displayState }) => active.has(displayState));
  const some = [parts, ofActive].filter((group) => group.length > 0);
  const isEvery = (isSo: (part: FleetPart) => boolean) => some.some((group) => group.every(isSo));
  if (isListBlind || isEvery(({ freshness }) => freshness.state === "blind")) return "blind";
  return isEvery(({ freshness }) => freshness.state !== "live" || freshness.observedAt === null)
    ? "delayed"
    : "live";
}

function longestCause(parts: readonly FleetPart[]): Freshness["cause"] {
  const causes = parts.flatMap(({ freshness: { cause } }) => (cause === null ? [] : [cause]));
  const since = earliest(causes.map((cause) => cause.since));
  return causes.find((cause) => cause.since === since) ?? null;
}

/** The earliest instant; null where none is known. */
export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce(
    (first, instant) => (first === null || (instant !== null && instant < first) ? instant : first),
    null,
  );
}

/** The cause that all blind (or else all delayed) endpoints share; null where causes differ. */
export function sharedCause({ blind, delayed }: FleetSummary): Cause | null {
  const causes = (blind.length > 0 ? blind : delayed).map(({ freshness }) => freshness.cause);
  const [first] = causes;
  return first != null && causes.every((cause) => cause?.message === first.message) ? first : null;
}

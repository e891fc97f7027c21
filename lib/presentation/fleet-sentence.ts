import { stateKindOf, stateKinds, type DisplayState, type StateKind } from "@/lib/domain/display-state";
import { earliest, sharedCause, type FleetPart, type FleetSummary } from "@/lib/domain/fleet-summary";

import type { Sentence } from "./sentence-text";

type Words = { one: string; many: string };

const verbs: Record<Exclude<StateKind, "quiet">, { now: Words; then: Words }> = {
  error: {
    now: { one: "has failed", many: "have failed" },
    then: { one: "had failed", many: "had failed" },
  },
  stalled: {
    now: { one: "looks stuck", many: "look stuck" },
    then: { one: "looked stuck", many: "looked stuck" },
  },
  incomplete: {
    now: { one: "is done but incomplete", many: "are done but incomplete" },
    then: { one: "was done but incomplete", many: "were done but incomplete" },
  },
  rolling_back: {
    now: { one: "is rolling back", many: "are rolling back" },
    then: { one: "was rolling back", many: "were rolling back" },
  },
  in_progress: {
    now: { one: "is rolling out", many: "are rolling out" },
    then: { one: "was rolling out", many: "were rolling out" },
  },
  not_started: {
    now: { one: "is waiting to start", many: "are waiting to start" },
    then: { one: "was waiting to start", many: "were waiting to start" },
  },
  unknown: {
    now: { one: "is in an unknown state", many: "are in unknown states" },
    then: { one: "was in an unknown state", many: "were in unknown states" },
  },
};
const quiet: Words = { one: "was quiet", many: "were quiet" };

/**
 * The state of a fleet: first the endpoints that are not live, then the failing and moving ones among the rest. Only
 * live endpoints are described in the present tense; quiet ones are summed up.
 */
export function fleetSentence(summary: FleetSummary): Sentence {
  const unseen = unseenSentence(summary);
  const rest = restSentence(summary);
  const list = summary.isListBlind ? "The list of endpoints cannot be read. " : "";
  if (unseen === null) return [`${list}${rest}`];
  return [...(list === "" ? [] : [list]), ...unseen, ...(rest === "" ? [] : [` ${rest}`])];
}

/** How many endpoints are not live, since when and why; null where all are live. */
export function unseenSentence(summary: FleetSummary): Sentence | null {
  const { total, blind, delayed, awaited } = summary;
  if (awaited.length === total && total > 0)
    return [`Rollcall is taking its first look at ${endpoints(total)}.`];
  const groups = [
    { count: blind.length, words: "cannot be seen", since: sinceOf(blind) },
    { count: delayed.length, words: `${delayed.length === 1 ? "is" : "are"} delayed`, since: null },
    {
      count: awaited.length,
      words: `${awaited.length === 1 ? "has" : "have"} not been seen yet`,
      since: null,
    },
  ].filter(({ count }) => count > 0);
  if (groups.length === 0) return null;
  const clauses = groups.flatMap(({ count, words, since }, index): Sentence => {
    const lead = index === 0 ? "" : index === groups.length - 1 ? " and " : ", ";
    const who =
      index > 0 ? String(count) : count === total ? endpoints(total) : `${count} of ${endpoints(total)}`;
    return [`${lead}${who} ${words}`, ...(since === null ? [] : [" since ", { at: since }])];
  });
  const cause = sharedCause(summary);
  return [...clauses, cause === null ? "." : `: ${cause.message.replace(/\.\s*$/, "")}.`];
}

/** The last known states of endpoints that are not live, in the past tense; null where none is known. */
export function lastKnownSentence(parts: readonly FleetPart[]): string | null {
  const known = parts.flatMap(({ displayState, freshness }) =>
    freshness.observedAt === null ? [] : [displayState],
  );
  if (known.length === 0) return null;
  const counted = count(known, "then");
  const others = known.length - counted.reduce((sum, each) => sum + each.count, 0);
  const last = { count: others, words: others === 1 ? quiet.one : quiet.many };
  return `When last seen, ${joinWords([...counted, ...(others === 0 ? [] : [last])].map(toClause))}.`;
}

function restSentence({ total, seen }: FleetSummary): string {
  const clauses = joinWords(count(seen, "now").map(toClause));
  if (seen.length === total)
    return clauses === "" ? `${endpoints(total)}, all quiet.` : `${endpoints(total)}: ${clauses}.`;
  if (seen.length === 0) return "";
  if (clauses !== "")
    return seen.length === 1
      ? `The other one ${clauses.slice(2)}.`
      : `Of the other ${seen.length}, ${clauses}.`;
  return seen.length === 1 ? "The other one is quiet." : `The other ${seen.length} are quiet.`;
}

function count(displayStates: readonly DisplayState[], tense: "now" | "then") {
  return stateKinds.flatMap((kind) => {
    const { length } = displayStates.filter((displayState) => stateKindOf(displayState) === kind);
    if (kind === "quiet" || length === 0) return [];
    return [{ count: length, words: length === 1 ? verbs[kind][tense].one : verbs[kind][tense].many }];
  });
}

function toClause({ count, words }: { count: number; words: string }): string {
  return `${count} ${words}`;
}

function sinceOf(parts: readonly FleetPart[]) {
  return earliest(parts.map(({ freshness: { cause, observedAt } }) => cause?.since ?? observedAt));
}

function endpoints(count: number): string {
  return count === 1 ? "1 endpoint" : `${count} endpoints`;
}

function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

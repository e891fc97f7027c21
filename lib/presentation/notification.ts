import type { Duration, Instant } from "@/lib/domain/instant";
import {
  isBad,
  isOutageEvent,
  type NotableEvent,
  type OutageEvent,
  type RolloutEvent,
} from "@/lib/domain/notable-event";

import { countsText } from "./count";
import { formatLength } from "./duration";
import { toErrorText } from "./error-text";
import { versionChange } from "./version";
import { toVisibleText } from "./visible-text";

/**
 * What a message says, as plain text: each channel escapes it in its own way and adds the link. `facts` are short names
 * with their values; `error` is the beginning of the API's error message.
 */
export type NotificationText = {
  headline: string;
  detail: string | null;
  facts: readonly { name: string; value: string }[];
  error: string | null;
  at: Instant;
  tone: "good" | "bad" | "neutral";
};

/** The message about an event. Characters in texts from upstream that would act are shown as escapes. */
export function toNotificationText(event: NotableEvent): NotificationText {
  const text = isOutageEvent(event) ? outageText(event) : rolloutText(event);
  return {
    headline: oneLine(text.headline),
    detail: text.detail === null ? null : oneLine(text.detail),
    facts: text.facts.map(({ name, value }) => ({ name, value: oneLine(value) })),
    error: text.error === null ? null : toVisibleText(text.error),
    at: event.at,
    tone: isBad(event) ? "bad" : goodKinds.has(event.kind) ? "good" : "neutral",
  };
}

type Wording = Pick<NotificationText, "headline" | "detail" | "facts" | "error">;

const goodKinds: ReadonlySet<NotableEvent["kind"]> = new Set(["finished", "moving_again", "seeing_again"]);

function rolloutText(event: RolloutEvent): Wording {
  const { endpointId, previousVersion, display, conclusion, org, modelArch } = event;
  const change = versionChange(previousVersion, display.version);
  const duration = lengthOf(event);
  const facts = [
    { name: "Replicas", value: `${countsText(display)}${hasCounts(event) ? " updated" : ""}` },
    ...(duration === null
      ? []
      : [{ name: display.endedAt === null ? "So far" : "Duration", value: formatLength(duration) }]),
    ...(modelArch === null ? [] : [{ name: "Architecture", value: modelArch }]),
    ...(org === null ? [] : [{ name: "Organization", value: org }]),
  ];
  return {
    headline: `${endpointId}: ${change} ${verbOf(event)}`,
    detail: event.kind === "moving_again" ? null : (conclusion?.sentence ?? null),
    facts,
    error: display.errorMessage === null ? null : firstLines(display.errorMessage),
  };
}

function verbOf(event: RolloutEvent): string {
  const { display, conclusion } = event;
  const duration = lengthOf(event);
  const after = duration === null ? "" : ` after ${formatLength(duration)}`;
  switch (event.kind) {
    case "started":
      return "is rolling out";
    case "finished":
      return display.displayState === "incomplete"
        ? `is reported done, but incomplete${after}`
        : `is done${after}`;
    case "failed":
      return `failed${after}`;
    case "rolling_back":
      return "is rolling back";
    case "rolled_back":
      return `was rolled back${after}`;
    case "cancelled":
      return `was cancelled${after}`;
    case "stalled":
      return "looks stuck";
    case "late":
      return "is running late";
    case "regressing":
      return "seems to be going backwards";
    case "moving_again":
      return conclusion === null
        ? "is rolling out again"
        : `is moving again, after ${formatLength(event.at - conclusion.since)} without movement`;
    case "acknowledged":
      return "failed, and the failure was acknowledged";
  }
}

/** How long it took until its end, or until now; null where that is unknown or nothing yet. */
function lengthOf({ display, at, kind }: RolloutEvent): Duration | null {
  const length = (display.endedAt ?? at) - display.startedAt;
  // Where a rollout was first seen ended, its end is unknown.
  const isKnown = display.endedAt !== null || !endedKinds.has(kind);
  return isKnown && length > 0 ? length : null;
}

const endedKinds: ReadonlySet<RolloutEvent["kind"]> = new Set([
  "finished",
  "failed",
  "rolled_back",
  "cancelled",
  "acknowledged",
]);

function hasCounts({ display }: RolloutEvent): boolean {
  return display.updatedReplicas !== null || display.totalReplicas !== null;
}

function outageText({ kind, org, endpointCount, endpointIds, cause, from, at }: OutageEvent): Wording {
  const [only] = endpointIds;
  const many = `${endpointCount} endpoints${org === null ? "" : ` of ${org}`}`;
  const what = endpointCount === 1 && only !== undefined ? only : many;
  if (kind === "seeing_again") {
    const headline = `Rollcall can see ${what} again, after ${formatLength(at - from)}`;
    return { headline, detail: null, facts: [], error: null };
  }
  const others = endpointCount - endpointIds.length;
  const named = `${endpointIds.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
  return {
    headline: `Rollcall cannot see ${what}`,
    detail: cause.message,
    facts: endpointCount === 1 ? [] : [{ name: "Endpoints", value: named }],
    error: null,
  };
}

const mostErrorLines = 4;
const mostErrorCharacters = 600;

function firstLines(message: string): string {
  const { first, more, folded } = toErrorText(message);
  const shown = `${first}${more}`.split("\n").slice(0, mostErrorLines).join("\n").trimEnd();
  const isCut = folded !== "" || shown.length < `${first}${more}`.trimEnd().length;
  const text = shown.slice(0, mostErrorCharacters).toWellFormed();
  return isCut || text.length < shown.length ? `${text} …` : text;
}

function oneLine(text: string): string {
  return toVisibleText(text).replace(/\s+/g, " ").trim();
}

import { eventKinds, type EventKind } from "@/lib/domain/notable-event";
import type { NotificationRule, QuietHours } from "@/lib/domain/notification-rule";

const words: Record<EventKind, string> = {
  started: "started",
  finished: "finished",
  failed: "failed",
  rolling_back: "rolling back",
  rolled_back: "rolled back",
  cancelled: "cancelled",
  stalled: "stuck",
  late: "late",
  regressing: "going backwards",
  moving_again: "moving again",
  acknowledged: "acknowledged",
  blind: "cannot be seen",
  seeing_again: "seen again",
};

/** An event of a rule or a delivery, in a word or two. */
export function eventWord(kind: EventKind): string {
  return words[kind];
}

/** A rule as a sentence. */
export function ruleSentence(rule: NotificationRule): string {
  const isEverything = rule.events.length === eventKinds.length;
  const events = isEverything ? "Every event" : `Events: ${rule.events.map(eventWord).join(", ")}`;
  const limits = [
    ...(rule.endpoints.length === 0 ? [] : [`of ${rule.endpoints.join(", ")}`]),
    ...(rule.organizations.length === 0 ? [] : [`in ${rule.organizations.join(", ")}`]),
    ...(rule.architectures.length === 0 ? [] : [`with ${rule.architectures.join(", ")}`]),
    ...(rule.quiet === null ? [] : [`not from ${quietText(rule.quiet)}`]),
  ];
  return `${[events, ...limits].join("; ")}.`;
}

function quietText({ from, until, timeZone }: QuietHours): string {
  return `${timeText(from)} to ${timeText(until)} (${timeZone})`;
}

function timeText(minutes: number): string {
  const two = (figure: number): string => String(figure).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

import { minute, type Instant } from "./instant";
import { isOutageEvent, type EventKind, type NotableEvent } from "./notable-event";

/** Every day between two times of day in minutes since midnight. It may reach over midnight. */
export type QuietHours = { from: number; until: number; timeZone: string };

/** Which events go to which channel. An empty list of endpoints, organizations or architectures means all of them. */
export type NotificationRule = {
  channel: string;
  /** Endpoint ids, in which `*` stands for any characters. */
  endpoints: readonly string[];
  organizations: readonly string[];
  architectures: readonly string[];
  events: readonly EventKind[];
  /** Messages of these hours are not sent. */
  quiet: QuietHours | null;
};

/** Whether a rule covers an event. An outage is covered if the rule covers one of its named endpoints. */
export function covers(rule: NotificationRule, event: NotableEvent): boolean {
  if (!rule.events.includes(event.kind)) return false;
  if (rule.organizations.length > 0 && !rule.organizations.includes(event.org ?? "")) return false;
  if (isOutageEvent(event)) return event.endpointIds.some((id) => matchesAny(rule.endpoints, id));
  const isOther = rule.architectures.length > 0 && !rule.architectures.includes(event.modelArch ?? "");
  return !isOther && matchesAny(rule.endpoints, event.endpointId);
}

function matchesAny(patterns: readonly string[], endpointId: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(pattern, endpointId));
}

function matches(pattern: string, endpointId: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(endpointId);
}

/** Where a message goes. `isQuiet`: it falls into the quiet hours of every rule that would send it there. */
export type Destination = { channel: string; isQuiet: boolean };

/** The channels of an event, each once. */
export function toDestinations(rules: readonly NotificationRule[], event: NotableEvent): Destination[] {
  const found = new Map<string, boolean>();
  for (const rule of rules) {
    if (!covers(rule, event)) continue;
    const isQuiet = rule.quiet !== null && isWithin(rule.quiet, event.at);
    found.set(rule.channel, isQuiet && (found.get(rule.channel) ?? true));
  }
  return [...found].map(([channel, isQuiet]) => ({ channel, isQuiet }));
}

/** Whether an instant falls into quiet hours, in their own time zone. */
export function isWithin({ from, until, timeZone }: QuietHours, at: Instant): boolean {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const figure = (type: "hour" | "minute"): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const time = figure("hour") * 60 + figure("minute");
  return from <= until ? time >= from && time < until : time >= from || time < until;
}

/** Parses a time of day such as `22:30` into minutes since midnight; null for anything else. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** How long Rollcall cannot see endpoints before that is an event, unless another time is configured. */
export const usualBlindAfter = 5 * minute;

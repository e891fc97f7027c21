import "server-only";

import { createHash } from "node:crypto";

import {
  isBad,
  isOutageEvent,
  threadOf,
  type EventKind,
  type NotableEvent,
} from "@/lib/domain/notable-event";
import { toNotificationText } from "@/lib/presentation/notification";
import type { ChannelSettings } from "@/lib/server/config/channels";

import type { Channel, Outgoing } from "../channel";
import type { Post } from "../post";

const alerting: ReadonlySet<EventKind> = new Set(["failed", "stalled", "blind"]);
const resolving: ReadonlySet<EventKind> = new Set([
  "finished",
  "rolled_back",
  "cancelled",
  "moving_again",
  "acknowledged",
  "seeing_again",
]);
const changing: ReadonlySet<EventKind> = new Set([
  "started",
  "finished",
  "failed",
  "rolled_back",
  "cancelled",
]);

/** PagerDuty's own limit. */
const mostSummary = 1_024;
/** What PagerDuty shows as the origin of its events. */
const client = "Rollcall";

/**
 * Alerts in PagerDuty: triggered by failures, stalls and outages, and resolved when the endpoint has recovered. Source:
 * developer.pagerduty.com, “Send an alert event”, Events API v2.
 */
export function openPagerDuty(settings: ChannelSettings & { type: "pagerduty" }, post: Post): Channel {
  const { name, type, key, apiUrl } = settings;
  return {
    ...{ name, type, place: apiUrl.host, atOnce: 2, toMessage: toAlert },
    wants: (kind) => alerting.has(kind) || resolving.has(kind),
    // Ends an alert, which must not stay open because its endpoint was muted meanwhile.
    isSilent: (event) => !isTrigger(event),
    toThread: toSubject,
    deliver: async (outgoing) => {
      const body = JSON.stringify({ routing_key: key, ...toAlert(outgoing) });
      await post(new URL("/v2/enqueue", apiUrl), { body });
      return null;
    },
  };
}

/**
 * Change events of PagerDuty, which stand beside incidents but make no alert. Source: developer.pagerduty.com, “Send
 * change events”.
 */
export function openPagerDutyChanges(
  settings: ChannelSettings & { type: "pagerduty-changes" },
  post: Post,
): Channel {
  const { name, type, key, apiUrl } = settings;
  return {
    ...{ name, type, place: apiUrl.host, atOnce: 2, toMessage: toChange },
    wants: (kind) => changing.has(kind),
    deliver: async (outgoing) => {
      const body = JSON.stringify({ routing_key: key, ...toChange(outgoing) });
      await post(new URL("/v2/change/enqueue", apiUrl), { body });
      return null;
    },
  };
}

/** An alert event without the key. */
export function toAlert(outgoing: Omit<Outgoing, "id">) {
  const { event } = outgoing;
  const { summary, timestamp, details, links } = toContent(outgoing);
  return {
    event_action: isTrigger(event) ? ("trigger" as const) : ("resolve" as const),
    dedup_key: toKey(event),
    client,
    payload: {
      summary,
      source: sourceOf(event),
      severity: severityOf(event),
      timestamp,
      ...(isOutageEvent(event) ? {} : { component: event.deploymentId, class: event.kind }),
      custom_details: details,
    },
    links,
  };
}

/** A change event without the key. */
export function toChange(outgoing: Omit<Outgoing, "id">) {
  const { summary, timestamp, details, links } = toContent(outgoing);
  return {
    payload: { summary, source: sourceOf(outgoing.event), timestamp, custom_details: details },
    links,
  };
}

function toContent({ event, link, muteLink }: Omit<Outgoing, "id">) {
  const { headline, detail, facts, error, at } = toNotificationText(event);
  return {
    summary: headline.slice(0, mostSummary).toWellFormed(),
    timestamp: new Date(at).toISOString(),
    details: {
      ...Object.fromEntries(facts.map(({ name, value }) => [name, value])),
      ...(detail === null ? {} : { Conclusion: detail }),
      ...(error === null ? {} : { Error: error }),
    },
    links: [
      { href: link, text: "Open in Rollcall" },
      ...(muteLink === null ? [] : [{ href: muteLink, text: "Mute in Rollcall" }]),
    ],
  };
}

function severityOf({ kind }: NotableEvent): "critical" | "error" | "warning" {
  if (kind === "failed") return "critical";
  return kind === "blind" ? "warning" : "error";
}

/** An incomplete rollout is reported done, but the endpoint has not recovered. */
function isTrigger(event: NotableEvent): boolean {
  return !resolving.has(event.kind) || (event.kind === "finished" && isBad(event));
}

function sourceOf(event: NotableEvent): string {
  return isOutageEvent(event) ? (event.org ?? event.endpointIds[0] ?? client) : event.endpointId;
}

/** One alert for each endpoint, so that the next rollout that succeeds resolves it. An outage has its own. */
function toSubject(event: NotableEvent): string {
  return isOutageEvent(event) ? threadOf(event) : `endpoint ${event.endpointId}`;
}

function toKey(event: NotableEvent): string {
  return `rollcall-${createHash("sha256").update(toSubject(event)).digest("hex").slice(0, 32)}`;
}

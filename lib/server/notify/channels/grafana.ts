import "server-only";

import { createHash } from "node:crypto";

import { htmlEscape } from "escape-goat";
import * as z from "zod";

import { isOutageEvent, threadOf, type EventKind } from "@/lib/domain/notable-event";
import { toNotificationText } from "@/lib/presentation/notification";
import type { ChannelSettings } from "@/lib/server/config/channels";

import { DeliveryFailure, type Channel, type Outgoing } from "../channel";
import type { Post } from "../post";

const ends: ReadonlySet<EventKind> = new Set(["finished", "failed", "rolled_back", "cancelled"]);

const created = z.object({ id: z.number() });
const found = z.array(created);

/**
 * Annotations in Grafana: a region from a rollout's start to its end. Needs a service account token that may write
 * annotations of the organization. Source: grafana.com/docs, “Annotations HTTP API”.
 */
export function openGrafana(settings: ChannelSettings & { type: "grafana" }, post: Post): Channel {
  const { name, type, url, token } = settings;
  const base = url.href.endsWith("/") ? url : new URL(`${url.href}/`);
  const headers = { authorization: `Bearer ${token}` };

  async function call(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await post(new URL(path, base), { method, headers, ...sent });
    try {
      return JSON.parse(answer.body);
    } catch {
      throw new DeliveryFailure(`${url.host} gave an unreadable answer.`);
    }
  }

  /** The annotation that an earlier attempt may have created. */
  async function find(outgoing: Outgoing): Promise<string | null> {
    const query = new URLSearchParams([
      ["type", "annotation"],
      ...toTags(outgoing).map((tag) => ["tags", tag]),
    ]);
    const [first] = found.safeParse(await call("GET", `api/annotations?${query.toString()}`)).data ?? [];
    return first === undefined ? null : String(first.id);
  }

  async function create(outgoing: Outgoing): Promise<string> {
    const reply = created.safeParse(await call("POST", "api/annotations", toMessage(outgoing))).data;
    if (reply === undefined)
      throw new DeliveryFailure(`${url.host} did not name the annotation that it created.`);
    return String(reply.id);
  }

  /** False if someone deleted the annotation. */
  async function tryEnd(id: string, outgoing: Outgoing): Promise<boolean> {
    try {
      await call("PATCH", `api/annotations/${id}`, toMessage(outgoing));
      return true;
    } catch (error) {
      if (error instanceof DeliveryFailure && error.status === 404) return false;
      throw error;
    }
  }

  return {
    ...{ name, type, place: url.host, atOnce: 2, toMessage },
    // An annotation disturbs no one.
    isSilent: () => true,
    wants: (kind) => kind === "started" || ends.has(kind),
    deliver: async (outgoing, { isRepeated, threadReceipt }) => {
      const known = threadReceipt ?? (isRepeated ? await find(outgoing) : null);
      if (known === null) return create(outgoing);
      return (await tryEnd(known, outgoing)) ? known : create(outgoing);
    },
  };
}

/** Grafana shows the text as HTML. */
function toMessage(outgoing: Outgoing) {
  const { event, link } = outgoing;
  const { headline, error } = toNotificationText(event);
  const lines = [headline, ...(error === null ? [] : error.split("\n"))].map((line) => htmlEscape(line));
  const [time, timeEnd] = isOutageEvent(event)
    ? [event.from, event.at]
    : [event.display.startedAt, event.display.endedAt ?? event.at];
  return {
    time,
    timeEnd: ends.has(event.kind) ? Math.max(time, timeEnd) : time,
    tags: toTags(outgoing),
    text: `${lines.join("<br>")}<br><a href="${htmlEscape(link)}">Open in Rollcall</a>`,
  };
}

/** The same for all events of a rollout, so that its annotation can be found. */
function toTags({ event }: Outgoing): string[] {
  const id = createHash("sha256").update(threadOf(event)).digest("hex").slice(0, 16);
  return ["rollcall", ...(isOutageEvent(event) ? [] : [event.endpointId]), `rollcall:${id}`];
}

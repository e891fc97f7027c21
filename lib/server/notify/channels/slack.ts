import "server-only";

import * as z from "zod";

import { second } from "@/lib/domain/instant";
import { isBad, isOutageEvent } from "@/lib/domain/notable-event";
import type { ChannelSettings } from "@/lib/server/config/channels";

import { DeliveryFailure, type Attempt, type Channel, type Outgoing } from "../channel";
import type { Post } from "../post";
import { toSlackMessage } from "./slack-blocks";

/** The name of our messages' metadata, which identifies an uncertain one. */
const eventType = "rollcall_event";
/** Messages that are searched for one whose sending was uncertain. */
const mostSearched = 100;

const replySchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
          .optional()
          .catch(undefined),
      }),
    )
    .optional(),
});

/** Errors after which the same message fails again. Others pass, or a person can correct them in Slack. */
const refusals: ReadonlySet<string> = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_too_long",
  "msg_blocks_too_long",
  "no_text",
  "metadata_too_large",
]);

/**
 * Slack through a bot: one message for each rollout, edited as it goes on, so that the last edit is the receipt. Bad news
 * also goes to the channel, as a broadcast reply. Needs the scopes `chat:write` and, to find a message again whose
 * sending was uncertain, `channels:history`. Source: docs.slack.dev/reference/methods/chat.postMessage, chat.update,
 * conversations.history, conversations.replies.
 */
export function openSlack(settings: ChannelSettings & { type: "slack" }, post: Post): Channel {
  const { name, type, token, channel, apiUrl } = settings;

  /** Methods that write take JSON, those that read only forms. */
  async function call(
    method: string,
    body: Record<string, unknown> | URLSearchParams,
  ): Promise<z.infer<typeof replySchema>> {
    const isForm = body instanceof URLSearchParams;
    const answer = await post(new URL(method, apiUrl), {
      body: isForm ? body.toString() : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        ...(isForm ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      },
    });
    const reply = replySchema.safeParse(toJson(answer.body)).data;
    if (reply === undefined) throw new DeliveryFailure(`${apiUrl.host} gave an unreadable answer.`);
    if (reply.ok) return reply;
    const error = reply.error ?? "unknown error";
    const retryAfter = error === "ratelimited" ? 30 * second : null;
    throw new DeliveryFailure(`Slack refused the message: ${error}.`, {
      isPassing: !refusals.has(error),
      retryAfter,
    });
  }

  /** The timestamp of a message that an earlier attempt may have sent; null: there is none that we may see. */
  async function find({ id, event }: Outgoing, thread: string | null): Promise<string | null> {
    const query = new URLSearchParams({
      ...{ channel, include_all_metadata: "true", limit: String(mostSearched) },
      oldest: String(Math.floor(event.at / second) - 1),
      ...(thread === null ? {} : { ts: thread }),
    });
    const method = thread === null ? "conversations.history" : "conversations.replies";
    const reply = await call(method, query).catch((error: unknown) => {
      // Without the scope for history a message may come twice, which is better than not at all.
      if (error instanceof DeliveryFailure && error.message.includes("missing_scope")) return null;
      throw error;
    });
    const ours = reply?.messages?.find(
      ({ metadata }) => metadata?.event_type === eventType && metadata.event_payload["id"] === id,
    );
    return ours?.ts ?? null;
  }

  async function send(outgoing: Outgoing, isRepeated: boolean, thread: string | null): Promise<string> {
    const known = isRepeated ? await find(outgoing, thread) : null;
    if (known !== null) return known;
    const { ts } = await call("chat.postMessage", {
      ...{ channel, ...toMessage(outgoing) },
      ...(thread === null ? {} : { thread_ts: thread, reply_broadcast: true }),
    });
    if (ts === undefined) throw new DeliveryFailure("Slack did not name the message that it accepted.");
    return ts;
  }

  async function update(ts: string, outgoing: Outgoing): Promise<void> {
    const { text, blocks } = toMessage(outgoing);
    await call("chat.update", { channel, ts, text, blocks });
  }

  /** False if someone deleted the message. */
  async function tryUpdate(ts: string, outgoing: Outgoing): Promise<boolean> {
    try {
      await update(ts, outgoing);
      return true;
    } catch (error) {
      if (error instanceof DeliveryFailure && error.message.includes("message_not_found")) return false;
      throw error;
    }
  }

  return {
    ...{ name, type, place: `channel ${channel} on ${apiUrl.host}`, atOnce: 1, toMessage },
    wants: () => true,
    deliver: async (outgoing: Outgoing, { isRepeated, threadReceipt: ts }: Attempt) => {
      if (ts === null || !(await tryUpdate(ts, outgoing))) return send(outgoing, isRepeated, null);
      if (isBad(outgoing.event) || isOutageEvent(outgoing.event)) await send(outgoing, isRepeated, ts);
      return ts;
    },
    follow: update,
  };
}

function toMessage(outgoing: Outgoing) {
  return {
    ...toSlackMessage(outgoing),
    metadata: { event_type: eventType, event_payload: { id: outgoing.id } },
    unfurl_links: false,
  };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

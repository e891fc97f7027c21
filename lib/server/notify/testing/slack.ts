import * as z from "zod";

import { startReceiver } from "./receiver";

type Message = {
  ts: string;
  thread: string | null;
  isBroadcast: boolean;
  text: string;
  edits: string[];
  id: unknown;
};

const posted = z.object({
  channel: z.literal("C0123456789"),
  text: z.string().min(1),
  blocks: z.array(z.looseObject({ type: z.enum(["rich_text", "context"]) })).min(1),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  reply_broadcast: z.boolean().optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ id: z.string() }) }).optional(),
});

/** What the next calls do: `lost` are accepted, but the answer is an error. */
type Disturbance = "none" | "limited" | "lost";

/** Slack's Web API as far as a bot of ours uses it, over real HTTP, with one channel. */
export async function startSlack() {
  const messages: Message[] = [];
  const calls: string[] = [];
  const disturbances: Disturbance[] = [];
  const reply = (fields: Record<string, unknown>, status = 200, headers = {}) => ({
    ...{ status, headers },
    body: JSON.stringify({ ok: status === 200, ...fields }),
  });

  function post(body: string): string {
    const { text, thread_ts, reply_broadcast, metadata } = posted.parse(JSON.parse(body));
    const ts = `1790000000.${String(messages.length + 1).padStart(6, "0")}`;
    messages.push({
      ...{ ts, thread: thread_ts ?? null, isBroadcast: reply_broadcast ?? false, text, edits: [] },
      id: metadata?.event_payload.id,
    });
    return ts;
  }

  function update(body: string): boolean {
    const { ts, text } = posted.parse(JSON.parse(body));
    const message = messages.find((each) => each.ts === ts);
    message?.edits.push(text);
    return message !== undefined;
  }

  function list(thread: string | null) {
    return messages
      .filter((message) => (thread === null ? message.thread === null : message.thread === thread))
      .map(({ ts, id }) => ({ ts, metadata: { event_type: "rollcall_event", event_payload: { id } } }));
  }

  const receiver = await startReceiver(({ path, headers, body }) => {
    const method = path.replace("/api/", "");
    calls.push(method);
    if (headers.authorization !== "Bearer xoxb-token") return reply({ ok: false, error: "invalid_auth" });
    const disturbance = disturbances.shift() ?? "none";
    if (disturbance === "limited") return reply({ error: "ratelimited" }, 429, { "retry-after": "1" });
    const answer = toAnswer(method, body);
    return disturbance === "lost" ? reply({}, 502) : answer;
  });

  function toAnswer(method: string, body: string) {
    switch (method) {
      case "chat.postMessage":
        return reply({ ts: post(body) });
      case "chat.update":
        return update(body) ? reply({}) : reply({ ok: false, error: "message_not_found" });
      case "conversations.history":
      case "conversations.replies": {
        const query = new URLSearchParams(body);
        if (query.get("channel") !== "C0123456789") return reply({ ok: false, error: "channel_not_found" });
        return reply({ messages: list(query.get("ts")) });
      }
      default:
        return reply({ ok: false, error: "unknown_method" });
    }
  }

  return { apiUrl: new URL("/api/", receiver.url), messages, calls, disturbances };
}

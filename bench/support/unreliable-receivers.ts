import { createServer } from "node:http";

import { z } from "zod";

import { portOf } from "../../e2e/support/rollcall";

/** A message that a receiver keeps: what it is about, and the sender's id for it. */
type Message = { about: string; id: string };

const signed = z.object({
  type: z.string(),
  data: z.object({ rollout: z.object({ deploymentId: z.string() }) }),
});
const posted = z.object({
  text: z.string(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  metadata: z.object({ event_payload: z.object({ id: z.string() }) }).optional(),
});

/** A message in the channel of the Slack stand-in. `text` is that of the last edit. */
type SlackMessage = { ts: string; thread: string | null; id: string; text: string };

/** More failures of one message would make the waits, which double, longer than the bench. */
const mostFailures = 5;

/** What a message to a receiver without ids is about: its link names the rollout, its words the event. */
function aboutOf(body: string): string {
  const [, deploymentId = ""] = /\/rollouts\/([^?"\\]+)/.exec(body) ?? [];
  const type = / is done/.test(body) ? "finished" : / failed/.test(body) ? "failed" : "started";
  return `${deploymentId} rollout.${type}`;
}

/**
 * A webhook, a Slack, a Teams and a PagerDuty that fail about half of the messages: half of these are refused, the others are taken although
 * the sender gets no answer.
 */
export async function startUnreliableReceivers() {
  const received: Message[] = [];
  const slack: SlackMessage[] = [];
  const [teams, pagerDuty] = [new Set<string>(), new Set<string>()];
  const failures = new Map<string, number>();
  let count = 0;

  function take(path: string, body: string, webhookId: string): object {
    if (path === "/hook") {
      const { type, data } = signed.parse(JSON.parse(body));
      received.push({ about: `${data.rollout.deploymentId} ${type}`, id: webhookId });
      return {};
    }
    if (path === "/teams" || path === "/v2/enqueue") {
      (path === "/teams" ? teams : pagerDuty).add(aboutOf(body));
      return {};
    }
    if (path.startsWith("/api/conversations.")) {
      const thread = new URLSearchParams(body).get("ts");
      const found = slack.filter((each) => each.thread === thread).toReversed();
      return { ok: true, messages: found.slice(0, 100).map(({ ts, id }) => toWire(ts, id)) };
    }
    const { text, ts, thread_ts: thread = null, metadata } = posted.parse(JSON.parse(body));
    if (path === "/api/chat.postMessage") {
      const posts = `1790000000.${String(slack.length).padStart(6, "0")}`;
      slack.push({ ts: posts, thread, id: metadata?.event_payload.id ?? "", text });
      return { ok: true, ts: posts };
    }
    const known = slack.find((each) => each.ts === ts);
    if (known === undefined) return { ok: false, error: "message_not_found" };
    known.text = text;
    return { ok: true };
  }

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => (body += text));
    request.on("end", () => {
      count += 1;
      const isSlack = (request.url ?? "").startsWith("/api/");
      const message = isSlack ? threadIn(body) : `${request.url} ${aboutOf(body)}`;
      const failed = failures.get(message) ?? 0;
      const luck = failed < mostFailures ? Math.random() : 1;
      // A message to Slack takes up to three requests.
      const share = isSlack ? 0.1 : 0.25;
      if (luck < 2 * share) failures.set(message, failed + 1);
      if (luck < share) return void response.writeHead(503).end();
      const answer = take(request.url ?? "", body, String(request.headers["webhook-id"]));
      if (luck < 2 * share) return void response.destroy();
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received,
    slack,
    teams,
    pagerDuty,
    requests: () => count,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The message of Slack that a request is about: by its thread, or by its id before it has one. */
function threadIn(body: string): string {
  return (
    /(?:"(?:thread_ts|ts)":"|(?:^|&)ts=)([\d.]+)/.exec(body)?.[1] ?? /"id":"([^"]+)"/.exec(body)?.[1] ?? body
  );
}

function toWire(ts: string, id: string) {
  return { ts, metadata: { event_type: "rollcall_event", event_payload: { id } } };
}

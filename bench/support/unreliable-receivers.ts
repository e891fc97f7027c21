import { createServer } from "node:http";

import { SMTPServer } from "smtp-server";
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

/** An annotation of the Grafana stand-in. `text` is that of the last change. */
type Annotation = { id: number; tags: readonly string[]; text: string };
const annotation = z.object({ text: z.string(), tags: z.array(z.string()) });

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

/** The receivers that know no ids, by the path of their address. */
export const plainPaths = {
  Teams: "/teams",
  "Slack webhook": "/services/bench",
  PagerDuty: "/v2/enqueue",
  "PagerDuty changes": "/v2/change/enqueue",
};

/**
 * A receiver of every kind, each failing about half of its messages: half of these are refused, the others are taken
 * although the sender gets no answer, or a mail server's refusal.
 */
export async function startUnreliableReceivers() {
  const received: Message[] = [];
  const slack: SlackMessage[] = [];
  const annotations: Annotation[] = [];
  const plain = new Map(Object.values(plainPaths).map((path) => [path, new Set<string>()]));
  const failures = new Map<string, number>();
  let count = 0;

  function take(path: string, body: string, webhookId: string): object {
    if (path === "/hook") {
      const { type, data } = signed.parse(JSON.parse(body));
      received.push({ about: `${data.rollout.deploymentId} ${type}`, id: webhookId });
      return {};
    }
    const known = plain.get(path);
    if (known !== undefined) {
      known.add(aboutOf(body));
      return {};
    }
    if (path.startsWith("/grafana/")) return annotate(annotations, path, body);
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
    const edited = slack.find((each) => each.ts === ts);
    if (edited === undefined) return { ok: false, error: "message_not_found" };
    edited.text = text;
    return { ok: true };
  }

  /** What becomes of one request about a message; `share` of them are refused, and as many get no answer. */
  function draw(message: string, share: number): "refused" | "taken without an answer" | "taken" {
    count += 1;
    const failed = failures.get(message) ?? 0;
    const luck = failed < mostFailures ? Math.random() : 1;
    if (luck >= 2 * share) return "taken";
    failures.set(message, failed + 1);
    return luck < share ? "refused" : "taken without an answer";
  }

  const mail = await startMailServer((message) => draw(message, 0.25));
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => (body += text));
    request.on("end", () => {
      const isSlack = (request.url ?? "").startsWith("/api/");
      const message = isSlack ? threadIn(body) : `${request.url} ${aboutOf(body)}`;
      // A message to Slack or Grafana takes up to three requests.
      const outcome = draw(message, isSlack || (request.url ?? "").startsWith("/grafana/") ? 0.1 : 0.25);
      if (outcome === "refused") return void response.writeHead(503).end();
      const answer = take(request.url ?? "", body, String(request.headers["webhook-id"]));
      if (outcome === "taken without an answer") return void response.destroy();
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    received,
    slack,
    annotations,
    mails: mail.mails,
    mailUrl: mail.url,
    /** What a receiver without ids knows. */
    knownAt: (path: string): ReadonlySet<string> => plain.get(path) ?? new Set(),
    requests: () => count,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await mail.close();
    },
  };
}

/** Grafana's annotations: found by their tags, created, or changed. */
function annotate(annotations: Annotation[], path: string, body: string): object {
  const url = new URL(path, "http://grafana");
  const [, id] = /\/annotations\/(\d+)$/.exec(url.pathname) ?? [];
  const tags = url.searchParams.getAll("tags");
  if (tags.length > 0) return annotations.filter((each) => tags.every((tag) => each.tags.includes(tag)));
  const { text, tags: own } = annotation.parse(JSON.parse(body));
  if (id === undefined)
    return annotations[annotations.push({ id: annotations.length, tags: own, text }) - 1] ?? {};
  Object.assign(annotations[Number(id)] ?? {}, { text });
  return {};
}

/** A real mail server. `draw` decides what becomes of a mail. */
async function startMailServer(draw: (message: string) => string) {
  const mails: Message[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, callback) => {
      let text = "";
      stream.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      stream.on("end", () => {
        const [head = "", body = ""] = text.split(/\r?\n\r?\n/, 2);
        const [, id = ""] = /^message-id: (\S+)/im.exec(head) ?? [];
        const outcome = draw(`mail ${id}`);
        const about = aboutOf(Buffer.from(body, "base64").toString("utf8"));
        if (outcome !== "refused") mails.push({ about, id });
        callback(outcome === "taken" ? null : Object.assign(new Error("try again"), { responseCode: 451 }));
      });
    },
  });
  // A sender that was killed is no fault of the server.
  server.on("error", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    mails,
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    close: () => new Promise<void>((closed) => server.close(closed)),
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

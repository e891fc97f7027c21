import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { Rollcall, type Settings } from "../e2e/support/rollcall";
import { pause, until } from "./support/pause";
import { onPostgres } from "./support/stage";
import { startSwitchedEndpoints } from "./support/switched-endpoints";
import type { Row } from "./support/table";
import { plainPaths, startUnreliableReceivers } from "./support/unreliable-receivers";

const second = 1_000;
const fleet = z.object({
  endpoints: z.array(
    z.object({ rollouts: z.array(z.object({ deploymentId: z.string(), status: z.string() })) }),
  ),
});

/** Messages of many rollouts to receivers that fail half of the time, by a server that is killed again and again. */
export async function measureNotifications(isShort: boolean): Promise<Row[]> {
  return measure({}, isShort);
}

/** The same on PostgreSQL. */
export async function measureNotificationsOnPostgres(isShort: boolean): Promise<Row[]> {
  return onPostgres(async (postgres) => measure({ DATABASE_URL: await postgres.createDatabase() }, isShort));
}

async function measure(settings: Settings, isShort: boolean): Promise<Row[]> {
  const [size, rounds, kills] = isShort ? [10, 3, 3] : [25, 10, 20];
  const upstream = await startSwitchedEndpoints(size);
  const receivers = await startUnreliableReceivers();
  const folder = mkdtempSync(join(tmpdir(), "rollcall-notifications-"));
  writeFileSync(join(folder, "rollcall.yaml"), toSettingsFile(receivers));
  const rollcall = await Rollcall.launch({
    ...{ CEREBRAS_MANAGEMENT_API_KEY: undefined, CEREBRAS_ORG: undefined },
    ...{ CEREBRAS_API_URL: upstream.url, ROLLCALL_CONFIG: join(folder, "rollcall.yaml") },
    ...settings,
  });
  try {
    await rollcall.untilReady();
    // A server that first sees an endpoint in the middle of a rollout did not see it start.
    await untilReported(rollcall, upstream.first);
    const expected: string[] = [];
    let killed = 0;
    for (let half = 0; half < 2 * rounds; half += 1) {
      const nth = 1 + Math.floor(half / 2);
      const wanted = half % 2 === 0 ? upstream.begin(nth) : upstream.end(nth);
      for (const [id, status] of wanted) expected.push(`${id} ${types[status] ?? status}`);
      // Before, while or after the change is seen.
      if (killed < kills) {
        await pause(Math.random() * 2 * second);
        await rollcall.kill("SIGKILL");
        await rollcall.restart();
        killed += 1;
      }
      await untilReported(rollcall, wanted);
    }
    const isComplete = () => {
      const received = new Set(receivers.received.map(({ about }) => about));
      const mailed = new Set(receivers.mails.map(({ about }) => about));
      return (
        expected.every((about) => received.has(about) && mailed.has(about)) &&
        Object.entries(plainPaths).every(([name]) => toMissing(receivers, expected, name).length === 0) &&
        endedIn(receivers.annotations) >= expected.length / 2 &&
        isShown(receivers, expected)
      );
    };
    await until(isComplete, 400 * second).catch(() => undefined);
    return toRows(expected, receivers, killed);
  } finally {
    await rollcall.remove();
    await upstream.close();
    await receivers.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const types: Readonly<Record<string, string>> = {
  in_progress: "rollout.started",
  done: "rollout.finished",
  error: "rollout.failed",
};

function toSettingsFile({ url, mailUrl }: Receivers): string {
  const key = "k".repeat(32);
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  return `organizations: [{ name: acme, key: csk-bench-management-key }]
notifications:
  channels:
    hook: { type: webhook, url: "${url}/hook", secret: "${secret}" }
    team: { type: slack, token: xoxb-bench, channel: C0123456789, apiUrl: "${url}/api/" }
    chat: { type: teams, url: "${url}/teams" }
    incoming: { type: slack-webhook, url: "${url}/services/bench" }
    pager: { type: pagerduty, key: ${key}, apiUrl: "${url}" }
    changes: { type: pagerduty-changes, key: ${key}, apiUrl: "${url}" }
    graphs: { type: grafana, url: "${url}/grafana", token: glsa_bench_token }
    post: { type: mail, url: "${mailUrl}", from: rollcall@example.com, to: [team@example.com] }
  rules:
    # What Rollcall concludes depends on how long the kills take.
${["hook", "team", "chat", "incoming", "pager", "changes", "graphs", "post"]
  .map((channel) => `    - { channel: ${channel}, events: [started, finished, failed] }`)
  .join("\n")}
`;
}

async function untilReported(rollcall: Rollcall, wanted: ReadonlyMap<string, string>): Promise<void> {
  await until(async () => {
    const response = await fetch(`${rollcall.url}/api/v1/endpoints`).catch(() => null);
    if (response === null || !response.ok) return false;
    const { endpoints } = fleet.parse(await response.json());
    const reported = new Map(
      endpoints.flatMap(({ rollouts }) => rollouts.map(({ deploymentId, status }) => [deploymentId, status])),
    );
    return [...wanted].every(([id, status]) => reported.get(id) === status);
  }, 60 * second);
}

/** What a receiver without ids should know and does not. PagerDuty hears of ends only. */
function toMissing(receivers: Receivers, expected: readonly string[], name: string): readonly string[] {
  const known = receivers.knownAt(new Map(Object.entries(plainPaths)).get(name) ?? "");
  const due = name === "PagerDuty" ? expected.filter((about) => !about.endsWith("started")) : expected;
  return due.filter((about) => !known.has(about));
}

/** How many texts say that a rollout ended. */
function endedIn(said: readonly { text: string }[]): number {
  return said.filter(({ text }) => / (is done|failed)/.test(text)).length;
}

type Receivers = Awaited<ReturnType<typeof startUnreliableReceivers>>;

/** Whether Slack shows the end of every rollout, and each failure a second time as a reply. */
function isShown({ slack }: Receivers, expected: readonly string[]): boolean {
  const top = slack.filter(({ thread }) => thread === null);
  const failures = expected.filter((about) => about.endsWith("failed")).length;
  return endedIn(top) >= expected.length / 2 && slack.length - top.length >= failures;
}

/** The ids under which each message arrived. */
function toIds(received: Receivers["received"]): ReadonlyMap<string, ReadonlySet<string>> {
  const idsOf = new Map<string, Set<string>>();
  for (const { about, id } of received) idsOf.set(about, (idsOf.get(about) ?? new Set()).add(id));
  return idsOf;
}

function manyIn(idsOf: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...idsOf.values()].filter(({ size }) => size > 1).length;
}

function toRows(expected: readonly string[], receivers: Receivers, kills: number): Row[] {
  const { received, slack, annotations, mails } = receivers;
  const [idsOf, mailsOf] = [toIds(received), toIds(mails)];
  const top = slack.filter(({ thread }) => thread === null);
  const replies = slack.filter(({ thread }) => thread !== null);
  const failures = expected.filter((about) => about.endsWith("failed")).length;
  const ended = endedIn(top);
  const row = (what: string, figure: number, bar: Partial<Row> = {}): Row => ({
    ...{ what, figure, unit: "" },
    ...bar,
  });
  for (const about of expected.filter((each) => !idsOf.has(each))) console.error(`missing: ${about}`);
  for (const about of [...idsOf.keys()].filter((each) => !expected.includes(each)))
    console.error(`unexpected: ${about}`);
  const timesOf = (id: string): number => replies.filter((each) => each.id === id).length;
  for (const id of new Set(replies.map((each) => each.id)))
    if (timesOf(id) > 1) console.error(`reply ${timesOf(id)} times: ${id}`);
  return [
    row("kills", kills),
    row("transitions", expected.length),
    row("requests to receivers, half of them failed", receivers.requests()),
    row("webhook: messages missing", expected.filter((about) => !idsOf.has(about)).length, { limit: 0 }),
    row("webhook: transitions with more than one id", manyIn(idsOf), { limit: 0 }),
    row(
      "webhook: messages about no transition",
      [...idsOf.keys()].filter((about) => !expected.includes(about)).length,
      {
        limit: 0,
      },
    ),
    row("webhook: repeated with the same id", received.length - new Set(received.map(({ id }) => id)).size),
    row("mail: messages missing", expected.filter((about) => !mailsOf.has(about)).length, { limit: 0 }),
    row("mail: transitions with more than one Message-ID", manyIn(mailsOf), { limit: 0 }),
    row("mail: repeated with the same Message-ID", mails.length - new Set(mails.map(({ id }) => id)).size),
    ...Object.keys(plainPaths).map((name) =>
      row(`${name}: messages missing`, toMissing(receivers, expected, name).length, { limit: 0 }),
    ),
    row("Grafana: rollouts without a region to their end", expected.length / 2 - endedIn(annotations), {
      limit: 0,
    }),
    row("Grafana: annotations beyond one for each rollout", annotations.length - expected.length / 2, {
      limit: 0,
    }),
    row("Slack: rollouts whose message does not show the end", expected.length / 2 - ended, { limit: 0 }),
    row("Slack: messages beyond one for each rollout", top.length - expected.length / 2, { limit: 0 }),
    row("Slack: replies missing or beyond one for each failure", Math.abs(replies.length - failures), {
      limit: 0,
    }),
  ];
}

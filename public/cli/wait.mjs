#!/usr/bin/env node
/**
 * Waits for a rollout that Rollcall watches, for pipelines. One file without dependencies, for Node 20 and later: a
 * running Rollcall serves it at /cli/wait.mjs, and `rollcall wait` runs it.
 */
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const HELP = `Usage: rollcall wait <ENDPOINT> [options]

Waits until a rollout is done, and says how it ends with its exit code.

  --deployment <ID>    the deployment to wait for; otherwise the endpoint's current one, fixed at the first answer
  --version <VERSION>  wait for the newest deployment of this version, also one that appears later
  --until <WHAT>       done (usual), a share of updated replicas such as 50%, or a number of them
  --timeout <TIME>     such as 90s, 30m (usual) or 2h
  --fail-on-stall      end when the rollout is stalled
  --json               one JSON object per line
  --url <URL>          Rollcall's address; usually ROLLCALL_URL
  -h, --help           print this help

The service token is read from ROLLCALL_TOKEN.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 rolled back, 4 cancelled, 5 superseded, 6 stalled (--fail-on-stall),
70 timed out, 75 cannot tell.
`;

const EXIT = {
  ...{ done: 0, failed: 1, usage: 2, rolledBack: 3, cancelled: 4, superseded: 5, stalled: 6 },
  ...{ timedOut: 70, cannotTell: 75 },
};
/** How long an answer may take, and how long an unknown endpoint may take to appear after a start of Rollcall. */
const PATIENCE = 15_000;
const UNKNOWN_FOR = 30_000;
const REMIND_EVERY = 30_000;

class Usage extends Error {}

const wish = readWish();
const isTerminal = process.stdout.isTTY === true && !wish.json;
const deadline = Date.now() + wish.timeout;
process.exitCode = await wait();

/** Asks until the outcome is known or time is over. Resolves with the exit code. */
async function wait() {
  let [pinned, known, lastLine, saidAt] = [wish.deployment, null, "", 0];
  let [etag, view, unknownSince, isReached] = [null, null, null, false];
  for (;;) {
    const answer = await ask(etag);
    if (answer.kind === "answer") {
      [isReached, unknownSince] = [true, null];
      if (answer.view !== null) [etag, view] = [answer.etag, answer.view];
      const rollout = await findRollout(view, pinned);
      if (rollout !== null && known === null)
        say(
          `${wish.url}/endpoints/${encodeURIComponent(wish.endpoint)}/rollouts/${encodeURIComponent(rollout.deploymentId)}`,
          { kind: "started", rollout },
        );
      if (rollout !== null) [pinned, known] = [rollout.deploymentId, rollout];
      const outcome = rollout === null ? null : judge(view, rollout);
      const line = describe(view, rollout);
      const isReminder = !isTerminal && Date.now() - saidAt > REMIND_EVERY;
      if (line !== lastLine || isReminder || outcome !== null) {
        show(line, { kind: "progress", rollout, freshness: view.freshness.state });
        [lastLine, saidAt] = [line, Date.now()];
      }
      if (outcome !== null) return end(outcome, rollout);
    } else {
      if (answer.kind === "refused") return end({ exit: "cannotTell", words: answer.problem }, known);
      if (answer.kind === "unknown") {
        unknownSince ??= Date.now();
        if (Date.now() - unknownSince > UNKNOWN_FOR)
          return end({ exit: "cannotTell", words: answer.problem }, known);
      }
      if (answer.problem !== lastLine) show(answer.problem, { kind: "problem", problem: answer.problem });
      lastLine = answer.problem;
    }
    const left = deadline - Date.now();
    if (left <= 0) return end(timedOut(view, known, isReached && answer.kind === "answer"), known);
    await sleep(Math.min(left, answer.next));
  }
}

function timedOut(view, rollout, isReached) {
  if (!isReached) return { exit: "cannotTell", words: "Rollcall does not answer, and time is over." };
  if (view.freshness.state === "blind")
    return {
      exit: "cannotTell",
      words: `Time is over, and Rollcall cannot see the endpoint: ${view.freshness.cause?.message ?? ""}`,
    };
  if (rollout === null) return { exit: "timedOut", words: "Time is over, and there was no such deployment." };
  return { exit: "timedOut", words: `Time is over. State of the rollout: ${toWord(rollout)}.` };
}

/** One question about the endpoint: the answer, or what is wrong and whether it can pass. */
async function ask(etag) {
  try {
    const response = await request(`/api/v1/endpoints/${encodeURIComponent(wish.endpoint)}`, etag);
    const next = Math.max(
      250,
      Math.min(15_000, Number(response.headers.get("rollcall-next-poll-in") ?? 5_000)),
    );
    if (response.status === 304) return { kind: "answer", view: null, etag, next };
    if (response.ok)
      return { kind: "answer", view: await response.json(), etag: response.headers.get("etag"), next };
    const { detail } = await response.json().catch(() => ({ detail: undefined }));
    const problem = `Rollcall answers ${response.status}. ${detail ?? ""}`.trim();
    if (response.status === 404) return { kind: "unknown", problem, next: 1_000 };
    const mayPass = response.status >= 500 || response.status === 429;
    const wait = Number(response.headers.get("retry-after")) * 1_000;
    return { kind: mayPass ? "away" : "refused", problem, next: wait > 0 ? wait : 2_000 };
  } catch {
    return { kind: "away", problem: "Rollcall does not answer. Trying again.", next: 1_000 };
  }
}

function request(path, etag = null) {
  const { token } = wish;
  return fetch(wish.url + path, {
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(etag === null ? {} : { "if-none-match": etag }),
    },
  });
}

/** The rollout to wait for; null while there is none. One that the endpoint no longer lists is read on its own. */
async function findRollout(view, pinned) {
  const { rollouts, current } = view;
  if (pinned === undefined)
    return wish.version === undefined
      ? (rollouts.find(({ deploymentId }) => deploymentId === current) ?? null)
      : (rollouts.find(({ version, versionAlias }) => [version, versionAlias].includes(wish.version)) ??
          null);
  const listed = rollouts.find(({ deploymentId }) => deploymentId === pinned);
  if (listed !== undefined) return listed;
  const path = `/api/v1/endpoints/${encodeURIComponent(wish.endpoint)}/rollouts/${encodeURIComponent(pinned)}`;
  const response = await request(path).catch(() => null);
  return response?.ok === true ? (await response.json()).rollout : null;
}

/** How the rollout ended; null while it goes on. A later deployment never answers for this one. */
function judge(view, rollout) {
  const { status, displayState, updatedReplicas, totalReplicas, errorMessage } = rollout;
  if (displayState === "incomplete")
    return {
      exit: "failed",
      words: `It was reported done with ${updatedReplicas} of ${totalReplicas} replicas updated.`,
    };
  if (status === "error")
    return { exit: "failed", words: `It failed: ${errorMessage ?? "no message was reported"}` };
  if (status === "rolled_back") return { exit: "rolledBack", words: "It was rolled back." };
  if (status === "cancelled") return { exit: "cancelled", words: "It was cancelled." };
  if (status === "done") return { exit: "done", words: "It is done." };
  const later = view.rollouts.find(({ deploymentId }) => deploymentId === view.current);
  const isReplaced = later !== undefined && later.deploymentId !== rollout.deploymentId;
  if (isReplaced && (later.status === "done" || rollout.noLongerReportedSince !== null))
    return { exit: "superseded", words: `A later deployment took its place: ${later.deploymentId}.` };
  if (rollout.noLongerReportedSince !== null)
    return { exit: "cannotTell", words: "It is no longer reported, and how it ended is unknown." };
  if (view.freshness.state === "blind") return null;
  if (wish.failOnStall && displayState === "stalled") return { exit: "stalled", words: "It is stalled." };
  return isFarEnough(rollout) ? { exit: "done", words: `${updatedReplicas} replicas are updated.` } : null;
}

function isFarEnough({ status, updatedReplicas, totalReplicas }) {
  const { until } = wish;
  if (until === "done" || status !== "in_progress" || updatedReplicas === null) return false;
  if (!until.endsWith("%")) return updatedReplicas >= Number(until);
  return (
    totalReplicas !== null &&
    totalReplicas > 0 &&
    updatedReplicas * 100 >= totalReplicas * Number(until.slice(0, -1))
  );
}

function describe({ freshness }, rollout) {
  const blind =
    freshness.state === "blind" ? ` Rollcall cannot see the endpoint: ${freshness.cause?.message ?? ""}` : "";
  if (rollout === null) return `There is no such deployment yet.${blind}`;
  const { version, updatedReplicas, totalReplicas } = rollout;
  const counts = `${updatedReplicas ?? "?"} of ${totalReplicas ?? "?"} replicas updated`;
  return `${version === null ? "The deployment" : `Version ${version}`}: ${toWord(rollout)}, ${counts}.${blind}`;
}

function toWord({ displayState }) {
  return displayState === "error" ? "failed" : displayState.replaceAll("_", " ");
}

/** The end, the receipt as summary of the GitHub job, and the exit code. */
async function end({ exit, words }, rollout) {
  if (isTerminal) process.stdout.write("\n");
  say(words, { kind: "ended", outcome: exit, exitCode: EXIT[exit], message: words, rollout });
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary !== undefined && summary !== "") await summarize(summary, words, rollout);
  return EXIT[exit];
}

async function summarize(file, words, rollout) {
  const path = `/api/v1/endpoints/${encodeURIComponent(wish.endpoint)}/rollouts/${encodeURIComponent(rollout?.deploymentId ?? "none")}/receipt.md`;
  const response = await request(path).catch(() => null);
  const text = response?.ok === true ? await response.text() : `${wish.endpoint}: ${words}`;
  try {
    appendFileSync(file, `${text}\n`);
  } catch (error) {
    process.stderr.write(`The job summary could not be written: ${error.message}\n`);
  }
}

/** A change: a line, or on a terminal the same line again with a bar. */
function show(line, facts) {
  if (!isTerminal) return say(line, facts);
  const { updatedReplicas: updated = null, totalReplicas: total = null } = facts.rollout ?? {};
  const filled =
    updated !== null && total > 0 ? Math.max(0, Math.min(20, Math.floor((20 * updated) / total))) : 0;
  process.stdout.write(`\r\u001B[K${"█".repeat(filled)}${"░".repeat(20 - filled)} ${toVisible(line)}`);
}

function say(line, facts) {
  const at = new Date().toISOString();
  const { rollout = null, ...rest } = facts;
  const text = wish.json
    ? JSON.stringify({
        at,
        endpoint: wish.endpoint,
        ...rest,
        ...(facts.kind === "started" ? { url: line } : {}),
        rollout,
      })
    : facts.kind === "started"
      ? line
      : `${at.slice(11, 19)} UTC  ${toVisible(line)}`;
  process.stdout.write(`${text}\n`);
}

/** Text from upstream must not steer a terminal or the log of a pipeline. */
function toVisible(text) {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 1_000);
}

function readWish() {
  try {
    return parseWish();
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exit(EXIT.usage);
  }
}

function parseWish() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ deployment: { type: "string" }, version: { type: "string" }, url: { type: "string" } },
      ...{ until: { type: "string", default: "done" }, timeout: { type: "string", default: "30m" } },
      ...{ "fail-on-stall": { type: "boolean", default: false }, json: { type: "boolean", default: false } },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const [endpoint, ...others] = positionals;
  if (endpoint === undefined || others.length > 0) throw new Usage("Name one endpoint.");
  if (values.deployment !== undefined && values.version !== undefined)
    throw new Usage("Use --deployment or --version, not both.");
  if (!/^(done|(100|[1-9]\d?)%|[1-9]\d{0,6})$/.test(values.until))
    throw new Usage("--until must be done, a share such as 50%, or a number of replicas.");
  const time = /^(\d{1,6})(s|m|h)$/.exec(values.timeout);
  if (time === null) throw new Usage("--timeout must be a time such as 90s, 30m or 2h.");
  const url = values.url ?? process.env.ROLLCALL_URL ?? "";
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Usage("Say where Rollcall is: --url https://rollcall.example.com, or ROLLCALL_URL.");
  return {
    ...{ endpoint, deployment: values.deployment, version: values.version, until: values.until },
    ...{ json: values.json, failOnStall: values["fail-on-stall"], url: url.replace(/\/+$/, "") },
    timeout: Number(time[1]) * { s: 1_000, m: 60_000, h: 3_600_000 }[time[2]],
    token: process.env.ROLLCALL_TOKEN || undefined,
  };
}

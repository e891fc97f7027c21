import "server-only";

import type { Duration, Instant } from "@/lib/domain/instant";
import type { Entry } from "@/lib/server/db/recording";
import { takeAnswer, takeFailure } from "@/lib/server/poller/take-answer";
import { newEndpointState } from "@/lib/server/state/endpoint-state";
import { toStatusFailure } from "@/lib/server/upstream/status-failure";
import { parseEndpoint, readReply } from "@/lib/server/upstream/wire/reply";

/** A simulator's past: what its status replies were from `at` on, oldest first, and when it answered with a status only. */
export type Past = {
  replies: readonly { at: Instant; endpointId: string; body: unknown }[];
  outages: readonly { from: Instant; until: Instant; status: number }[];
};

/** How often the past is polled, in milliseconds, and when it ends. */
type Polling = { interval: Duration; until: Instant };

/**
 * What history would hold if Rollcall had polled a simulator's past: the same parsing and comparing as for a poll. Polls
 * that could not have brought anything new are left out.
 */
export function toPastEntries(past: Past, polling: Polling): Entry[] {
  const endpointIds = new Set(past.replies.map(({ endpointId }) => endpointId));
  return [...endpointIds].flatMap((endpointId) => {
    const replies = past.replies.filter((reply) => reply.endpointId === endpointId);
    return withoutExtensions(toEntries(endpointId, { ...past, replies }, polling));
  });
}

function toEntries(endpointId: string, { replies, outages }: Past, polling: Polling): Entry[] {
  const { interval } = polling;
  const entries: Entry[] = [];
  const times = toPollTimes({ replies, outages }, polling);
  let endpointState = newEndpointState(endpointId, interval);
  let polledAt = times[0] ?? 0;
  for (const at of times) {
    const outage = outages.find(({ from, until }) => from <= at && at < until);
    const reply = replies.findLast((one) => one.at <= at);
    if (reply === undefined) continue;
    // The polls that are left out are no gap; failures are one.
    const pause = endpointState.failures === null ? at - polledAt : 0;
    const before = { ...endpointState, interval: Math.max(interval, pause) };
    const result =
      outage === undefined
        ? takeAnswer({
            endpointState: before,
            ...toAnswer(reply, at, at === times.at(-1)),
            ...{ asked: { at, tick: at }, received: { at, tick: at } },
          })
        : takeFailure({
            ...{ endpointState: before, failure: toFailure(outage.status, at), listed: null },
            ...{ at, retryAt: at + interval },
          });
    entries.push(...result.entries);
    endpointState = result.endpointState;
    polledAt = at;
  }
  return entries;
}

/** The polls just before and just after each change, those within an outage, and one at the end. */
function toPollTimes({ replies, outages }: Past, { interval, until: end }: Polling): Instant[] {
  const after = (at: Instant) => Math.ceil(at / interval) * interval;
  const times = new Set(
    replies.flatMap(({ at }, index) => (index === 0 ? [at] : [after(at) - interval, after(at)])),
  );
  for (const { from, until } of outages)
    for (let at = after(from) - interval; at < until + interval; at += interval) times.add(at);
  const first = replies[0]?.at ?? 0;
  const past = [...times].filter((at) => at >= first && at < end);
  return [...past, end].sort((one, other) => one - other);
}

function toAnswer({ endpointId, body }: Past["replies"][number], at: Instant, isLast: boolean) {
  const bytes = Buffer.from(JSON.stringify(body));
  const { report, raw } = readReply(bytes, (json) => parseEndpoint(json, endpointId, at));
  // History keeps the last reply only.
  return { report, reply: isLast ? raw : null };
}

function toFailure(status: number, at: Instant) {
  const nowhere = { url: new URL("http://127.0.0.1"), key: "" };
  return toStatusFailure(status, { retryAfter: null, location: null }, nowhere, at);
}

/** Drops recordings that only extend a watch span which the next one extends further. */
function withoutExtensions(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry, index) => {
    const next = entries[index + 1];
    if (entry.kind !== "recording" || next?.kind !== "recording" || next.span.from !== entry.span.from)
      return true;
    return entry.rollouts.length > 0 || entry.endpoint !== undefined;
  });
}

import "server-only";

import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";
import { lastCompleteMinute } from "@/lib/domain/traffic";
import type { Clock } from "@/lib/server/clock";
import { LostLeadership } from "@/lib/server/db/lease";
import type { TrafficRecording, TrafficSource } from "@/lib/server/db/traffic";
import type { Log } from "@/lib/server/log";
import type { MetricsClient } from "@/lib/server/upstream/metrics-client";

import { toFailure } from "./poll-failure";

/** How long after a minute it is asked for: the API tells complete minutes only, and nothing says how soon. */
const settleTime: Duration = 5 * second;
/** Cerebras allows 6 calls a minute for each organization. */
const shortestWait: Duration = 10 * second;
const longestPause: Duration = 15 * minute;
/** Minutes that wait for a database that cannot be written. Older ones are lost: the API tells each minute once. */
const mostWaiting = 60;

export type TrafficPoller = ReturnType<typeof createTrafficPoller>;

/**
 * Polls the Metrics API of one organization once a minute, whatever happens, and records what it says about the watched
 * endpoints. No failure ends the loop, and none concerns anything else.
 */
export function createTrafficPoller(parts: {
  /** Its name in the registry. */
  org: string;
  client: Pick<MetricsClient, "readMinute">;
  isWatched: (endpointId: string) => boolean;
  traffic: {
    readSources: () => Promise<readonly TrafficSource[]>;
    record: (recording: TrafficRecording) => Promise<void>;
  };
  /** Called before every poll: whether this instance still leads. */
  mayAsk: () => Promise<boolean>;
  onLost: () => void;
  clock: Clock;
  log: Log;
}) {
  const { org, client, isWatched, traffic, mayAsk, onLost, clock, log } = parts;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let source: TrafficSource = { org, answeredAt: null, minuteAt: null, endpoints: null, cause: null };
  /** Minutes that could not be written yet, one entry for each poll. */
  let waiting: TrafficRecording["minutes"][] = [];
  let isSaving = true;
  let askedTick = Number.NEGATIVE_INFINITY;

  function plan(delay: Duration): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = poll();
    }, delay);
  }

  /** Takes over what the former leader knew, so that a minute that it read is not asked for again. */
  async function start(): Promise<void> {
    const known = await traffic.readSources().catch(() => []);
    source = known.find((each) => each.org === org) ?? source;
    const { at } = clock();
    const isLimited = source.cause?.code === "rate_limited" && (source.cause.retryAt ?? 0) > at;
    if (isLimited) plan(Math.min(longestPause, (source.cause?.retryAt ?? at) - at));
    else plan(source.minuteAt === lastCompleteMinute(at) ? untilNext(at) : 0);
  }

  async function mayGoOn(): Promise<boolean> {
    return (await mayAsk()) && !isStopped;
  }

  async function poll(): Promise<void> {
    if (!(await mayGoOn())) return;
    const asked = clock();
    askedTick = asked.tick;
    const wait = await ask(asked.at);
    plan(Math.max(wait ?? 0, untilNext(clock().at)));
  }

  /** Returns how long Cerebras wants not to be asked; null if it did not say. */
  async function ask(asked: Instant): Promise<Duration | null> {
    try {
      const figures = await client.readMinute();
      const at = lastCompleteMinute(asked);
      const minutes = [...figures]
        .filter(([endpointId]) => isWatched(endpointId))
        .map(([endpointId, own]) => ({ endpointId, at, ...own }));
      if (source.cause !== null) log.info({ org }, "metrics readable again");
      source = { org, answeredAt: clock().at, minuteAt: at, endpoints: figures.size, cause: null };
      waiting = [...waiting, minutes].slice(-mostWaiting);
      await save();
      return null;
    } catch (error) {
      const { code, message, detail, retryAfter } = toFailure(error, log);
      const { at } = clock();
      if (source.cause?.code !== code) log.warn({ org, cause: code, detail }, "metrics call failed");
      const since = source.cause?.since ?? at;
      source = {
        ...source,
        cause: { code, message, since, retryAt: at + Math.max(retryAfter ?? 0, untilNext(at)) },
      };
      await save();
      return retryAfter;
    }
  }

  async function save(): Promise<void> {
    try {
      await traffic.record({ source, minutes: waiting.flat() });
      waiting = [];
      isSaving = true;
    } catch (error) {
      if (error instanceof LostLeadership) onLost();
      else if (isSaving) log.error({ org, err: error }, "traffic write failed, retry with the next minute");
      isSaving = false;
    }
  }

  return {
    begin: (): void => {
      underWay = start();
    },
    /** Polls at once, because the key was replaced. */
    retry: (): void => {
      if (timer === null || source.cause === null) return;
      clearTimeout(timer);
      plan(Math.max(0, askedTick + shortestWait - clock().tick));
    },
    /** Stops polling; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await underWay;
    },
  };
}

/** Until the last complete minute is another one, and has settled. */
function untilNext(at: Instant): Duration {
  const into = at % minute;
  return into < settleTime ? settleTime - into : minute - into + settleTime;
}

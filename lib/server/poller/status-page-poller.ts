import "server-only";

import type { StatusPage } from "@/lib/domain/incident";
import { minute, type Duration } from "@/lib/domain/instant";
import type { Clock } from "@/lib/server/clock";
import type { Log } from "@/lib/server/log";
import type { StatusPageClient } from "@/lib/server/upstream/status-page-client";

import { backoffDelay, toFailure } from "./poll-failure";

const interval: Duration = minute;
const longestPause: Duration = 15 * minute;

/**
 * Reads the provider's status page once a minute, more rarely while it fails. What was read stays, with its age. No
 * failure ends the loop, and none concerns anything else.
 */
export function createStatusPagePoller(parts: {
  client: Pick<StatusPageClient, "readIncidents">;
  store: { statusPage: () => StatusPage | null; setStatusPage: (next: StatusPage) => void };
  /** Called before every poll: whether this instance still leads. */
  mayAsk: () => Promise<boolean>;
  clock: Clock;
  log: Log;
}) {
  const { client, store, mayAsk, clock, log } = parts;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let failuresInRow = 0;

  function plan(delay: Duration): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = poll();
    }, delay);
  }

  async function poll(): Promise<void> {
    if (!(await mayAsk()) || isStopped) return;
    plan(await ask());
  }

  /** Resolves with the wait until the next poll. */
  async function ask(): Promise<Duration> {
    const former = store.statusPage();
    try {
      const incidents = await client.readIncidents();
      if (failuresInRow > 0) log.info("status page readable again");
      failuresInRow = 0;
      store.setStatusPage({ observedAt: clock().at, incidents, cause: null });
      return interval;
    } catch (error) {
      const { code, message, detail, retryAfter } = toFailure(error, log);
      if (former?.cause?.code !== code) log.warn({ cause: code, detail }, "status page call failed");
      failuresInRow += 1;
      const wait = Math.max(Math.min(retryAfter ?? 0, longestPause), backoffDelay(failuresInRow, interval));
      const { at } = clock();
      store.setStatusPage({
        ...{ observedAt: former?.observedAt ?? null, incidents: former?.incidents ?? [] },
        cause: { code, message, since: former?.cause?.since ?? at, retryAt: at + wait },
      });
      return wait;
    }
  }

  return {
    begin: (): void => plan(0),
    /** Stops polling; resolves when nothing is under way. */
    stop: async (): Promise<void> => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await underWay;
    },
  };
}

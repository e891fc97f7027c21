import "server-only";

import { setTimeout as wait } from "node:timers/promises";

import type { Duration } from "@/lib/domain/instant";
import type { Clock } from "@/lib/server/clock";
import { toDatabaseProblem } from "@/lib/server/db/database-problem";
import { LostLeadership, leaseTime, type LeaseState } from "@/lib/server/db/lease";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";
import type { DatabaseOutage } from "@/lib/server/poller/history-writer";

import { createElectionState, IllegalTransition } from "./election-state";
import type { Follower } from "./follower";
import type { Publisher } from "./publisher";
import { whileRenewing } from "./renew-while";

/** What the leader runs, from taking the lease to losing it or giving it back. */
export type LeaderTerm = {
  publisher: Publisher;
  /** Loads history and begins to poll. Throws when history cannot be read. */
  start: () => Promise<void>;
  /** Stops polling; resolves when nothing is under way. */
  stop: () => Promise<void>;
  /** Applies changed settings: which organizations and endpoints to poll. */
  adapt: () => Promise<void>;
  outage: () => DatabaseOutage | null;
  retryFailing: () => void;
  /** Polls an endpoint as soon as it may be polled again. */
  pollSoon: (endpointId: string) => void;
  /** The same for what followers ask for. */
  takeEarlyPolls: () => Promise<void>;
};

/** The lease as this instance holds it, while it is loading, leading or steppingDown. */
type Leadership = { fencingToken: number; renewedTick: Duration; term: LeaderTerm };

/** How long a poll waits for the database to say whether this instance still leads. */
const mostBeforePoll: Duration = 500;

export type LeaderElection = ReturnType<typeof createLeaderElection>;

/**
 * Decides which of the instances on one database polls. One holds the lease, leads and publishes snapshots; the others
 * follow, and one of them takes over when the lease is not renewed for a lease time. The states and the transitions
 * between them are in election-state.ts.
 *
 * A leader that cannot reach the database keeps leading, as one that cannot write history does. When the
 * database is back, it learns whether another instance took over.
 */
export function createLeaderElection(parts: {
  lease: HistoryStore["lease"];
  follower: Follower;
  begin: (fencingToken: number) => LeaderTerm;
  /** True if no other instance can use the database: then there is no lease to wait for and no follower. */
  isAlone: boolean;
  /** The name of this instance in the lease. */
  name: string;
  clock: Clock;
  log: Log;
  /** How long a lease lasts without being renewed. */
  patience?: Duration;
  /** Handles a bug in the election. Logs it by default; tests throw. */
  onIllegal?: (error: IllegalTransition) => void;
}) {
  const { lease, follower, begin, isAlone, name, clock, log, patience = leaseTime } = parts;
  const { onIllegal = (err: IllegalTransition) => log.error({ err }, "illegal leader election transition") } =
    parts;
  const renewEvery = patience / 3;
  const lookEvery = patience / 12;
  const state = createElectionState(onIllegal);
  let leadership: Leadership | null = null;
  /** The lease as it last changed, and the tick at which this instance saw the change. */
  let seen: { lease: LeaseState; tick: Duration } | null = null;
  let outage: DatabaseOutage | null = null;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  /** The round under way, shared by the timer and the polls that wait for it. */
  let round: Promise<void> | null = null;
  let isStopped = false;

  /** One round: renews the lease, or checks whether it is free. Never rejects, whatever the database does. */
  function look(): Promise<void> {
    round ??= lookOnce().finally(() => {
      round = null;
    });
    return round;
  }

  async function lookOnce(): Promise<void> {
    const mine = leadership;
    try {
      await (mine === null ? standBy() : keep(mine));
      if (outage !== null) log.info("database available again");
      outage = null;
    } catch (error) {
      if (error instanceof LostLeadership) {
        if (mine !== null) lose(mine.fencingToken);
        return;
      }
      if (error instanceof IllegalTransition) throw error;
      if (outage === null) log.error({ err: error }, "database unavailable");
      outage = { since: outage?.since ?? clock().at, problem: toDatabaseProblem(error) };
    }
  }

  async function keep(mine: Leadership): Promise<void> {
    const { tick } = clock();
    try {
      if (!isAlone && state.current() === "leading") await mine.term.takeEarlyPolls();
      if (state.current() === "leading" && (await mine.term.publisher.publish())) mine.renewedTick = tick;
    } finally {
      // A snapshot that cannot be published must not cost the lease.
      if (tick - mine.renewedTick >= renewEvery) await renew(mine);
    }
  }

  async function renew(mine: Leadership): Promise<void> {
    const { tick } = clock();
    await lease.renew(mine.fencingToken);
    mine.renewedTick = tick;
  }

  /** As a follower: catches up with the leader, and takes the lease if it is free or expired. */
  async function standBy(): Promise<void> {
    const current = await lease.read();
    if (!isAlone) await follower.follow(current.renewals);
    const { tick } = clock();
    const isSame =
      seen?.lease.fencingToken === current.fencingToken && seen.lease.renewals === current.renewals;
    seen = isSame && seen !== null ? { ...seen, lease: current } : { lease: current, tick };
    if (isStopped || (!isAlone && current.holder !== null && tick - seen.tick < patience)) return;
    state.enter("candidate");
    const fencingToken = await campaign(current).catch((error: unknown) => {
      state.enter("follower");
      throw error;
    });
    if (fencingToken === null) state.enter("follower");
    else await lead(fencingToken, tick);
  }

  /** The fencing token of the lease that was taken; null if another instance was faster. */
  async function campaign(current: LeaseState): Promise<number | null> {
    const fencingToken = await lease.take(current, name);
    if (fencingToken === null || isAlone) return fencingToken;
    // The former leader may have published just before the lease was taken.
    await follower.follow(current.renewals + 1);
    log.info({ fencingToken, after: current.holder }, "became leader");
    return fencingToken;
  }

  async function lead(fencingToken: number, renewedTick: Duration): Promise<void> {
    const mine: Leadership = { fencingToken, renewedTick, term: begin(fencingToken) };
    state.enter("loading");
    leadership = mine;
    try {
      await whileRenewing(mine.term.start(), {
        ...{ every: renewEvery, renew: () => renew(mine) },
        onLostLeadership: () => lose(fencingToken),
      });
      if (leadership === mine && state.current() === "loading") state.enter("leading");
    } catch (error) {
      if (leadership === mine && state.current() === "loading") leaveAtOnce(mine);
      seen = null;
      await lease.release(fencingToken).catch(() => undefined);
      throw error;
    }
  }

  /** Steps down without waiting: another instance may be polling already. */
  function leaveAtOnce(mine: Leadership): void {
    state.enter("steppingDown");
    void mine.term.stop();
    leadership = null;
    seen = null;
    state.enter("follower");
  }

  /** Call this when another instance holds the lease. The token of a former term is ignored. */
  function lose(fencingToken: number): void {
    if (leadership?.fencingToken !== fencingToken || state.current() === "steppingDown") return;
    log.warn({ fencingToken }, "lost leadership");
    leaveAtOnce(leadership);
    follower.beginAgain();
  }

  function plan(): void {
    if (isStopped || isAlone) return;
    timer = setTimeout(() => {
      underWay = look().then(plan);
    }, lookEvery);
  }

  return {
    /** Resolves when this instance leads or follows. Rejects when the database cannot be read. */
    start: async (): Promise<void> => {
      await standBy();
      plan();
    },
    /**
     * Whether this instance may still poll upstream. After a pause that was longer than the lease, it asks the
     * database first. A database that is slow to answer does not hold back the poll: like one that is away, it costs
     * at most a few polls by two instances, and none of them is recorded twice.
     */
    mayAsk: async (): Promise<boolean> => {
      const mine = leadership;
      if (mine === null) return false;
      const deadline = clock().tick + mostBeforePoll;
      for (let { tick } = clock(); tick < deadline; { tick } = clock()) {
        if (isAlone || outage !== null || leadership !== mine || tick - mine.renewedTick < patience) break;
        await Promise.race([look(), wait(deadline - tick, undefined, { ref: false })]);
      }
      return leadership === mine;
    },
    lose,
    isLeader: () => leadership !== null,
    /** Why the database does not answer; null while it does. */
    outage: () => leadership?.term.outage() ?? outage,
    retryFailing: () => leadership?.term.retryFailing(),
    /** Polls an endpoint as soon as it may be polled again, if this instance leads. */
    pollSoon: (endpointId: string): void => leadership?.term.pollSoon(endpointId),
    /** Applies changed settings. Resolves when endpoints that the settings no longer name are no longer polled. */
    adapt: async (): Promise<void> => {
      follower.beginAgain();
      await leadership?.term.adapt();
    },
    /** Stops polling for good, and gives the lease back. */
    stop: async (): Promise<void> => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await underWay;
      const mine = leadership;
      if (mine === null) return;
      if (state.current() !== "steppingDown") state.enter("steppingDown");
      await mine.term.stop();
      await lease.release(mine.fencingToken).catch(() => undefined);
      leadership = null;
      state.enter("follower");
    },
  };
}

import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { toDatabaseProblem, toDatabaseReason } from "@/lib/server/db/database-problem";
import { LostLeadership, leaseTime, type LeaseState } from "@/lib/server/db/lease";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "@/lib/server/clock";
import type { Follower } from "./follower";
import type { Publisher } from "./publisher";
import { whileRenewing } from "./renew-while";
import type { DatabaseOutage } from "@/lib/server/poller/history-writer";

/** One turn at watching, from taking the lease to losing it or giving it back. */
export type LeaderTerm = {
  publisher: Publisher;
  /** Begins to ask. Throws when history cannot be read. */
  start: () => Promise<void>;
  /** Stops asking; resolves when nothing is under way. */
  stop: () => Promise<void>;
  /** Watches from now on what there is to watch now. */
  adapt: () => Promise<void>;
  outage: () => DatabaseOutage | null;
  retryFailing: () => void;
};

type Held = {
  fencingToken: number;
  renewedTick: Duration;
  term: LeaderTerm;
  /** Loading: the lease is renewed, but what is on the board so far is no whole picture to tell. */
  state: "loading" | "leading";
};

export type LeaderElection = ReturnType<typeof createLeaderElection>;

/**
 * Decides who watches. Of the instances on one database one holds the lease and watches, and tells the
 * others what it sees; they follow, and when it shows no sign of life for a lease time one of them goes on.
 * A holder that cannot reach the database goes on watching, as one that cannot save does: whether somebody
 * else watches by then it learns when the database is back.
 */
export function createLeaderElection(parts: {
  lease: HistoryStore["lease"];
  follower: Follower;
  begin: (fencingToken: number) => LeaderTerm;
  /** Nobody else can use the database: there is nobody to wait for, and nobody to tell. */
  isAlone: boolean;
  /** How the lease names this instance. */
  name: string;
  clock: Clock;
  log: Log;
  /** How long a holder may show no sign of life. */
  patience?: Duration;
}) {
  const { lease, follower, begin, isAlone, name, clock, log, patience = leaseTime } = parts;
  const renewEvery = patience / 3;
  const lookEvery = patience / 12;
  let held: Held | null = null;
  /** The lease as it was last seen to change, and when. */
  let seen: { state: LeaseState; tick: Duration } | null = null;
  let outage: DatabaseOutage | null = null;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let isStopped = false;

  /** One look. Never rejects, but at the start. */
  async function look(): Promise<void> {
    const holding = held;
    try {
      await (holding === null ? standBy() : keep(holding));
      if (outage !== null) log.info("The database answers again.");
      outage = null;
    } catch (error) {
      if (error instanceof LostLeadership) {
        if (holding !== null) lose(holding.fencingToken);
        return;
      }
      if (outage === null) log.error({ fault: toDatabaseReason(error) }, "The database does not answer.");
      outage = { since: outage?.since ?? clock().at, problem: toDatabaseProblem(error) };
    }
  }

  async function keep(holding: Held): Promise<void> {
    const { tick } = clock();
    try {
      if (holding.state === "leading" && (await holding.term.publisher.publish())) holding.renewedTick = tick;
    } finally {
      // What cannot be told keeps nobody from being the one that watches.
      if (tick - holding.renewedTick >= renewEvery) await renew(holding);
    }
  }

  async function renew(holding: Held): Promise<void> {
    const { tick } = clock();
    await lease.renew(holding.fencingToken);
    holding.renewedTick = tick;
  }

  async function standBy(): Promise<void> {
    const state = await lease.read();
    if (!isAlone) await follower.follow(state.renewals);
    const { tick } = clock();
    const isSame = seen?.state.fencingToken === state.fencingToken && seen.state.renewals === state.renewals;
    seen = isSame && seen !== null ? { ...seen, state } : { state, tick };
    if (isStopped || (!isAlone && state.holder !== null && tick - seen.tick < patience)) return;
    const fencingToken = await lease.take(state, name);
    if (fencingToken === null) return;
    if (!isAlone) {
      // What the former holder told just before the lease was taken.
      await follower.follow(state.renewals + 1);
      log.info({ after: state.holder }, "This instance watches now, and the others follow it.");
    }
    await hold(fencingToken, tick);
  }

  async function hold(fencingToken: number, renewedTick: Duration): Promise<void> {
    const term = begin(fencingToken);
    const holding: Held = { fencingToken, renewedTick, term, state: "loading" };
    held = holding;
    try {
      await whileRenewing(term.start(), {
        ...{ every: renewEvery, renew: () => renew(holding) },
        onLostLeadership: () => lose(fencingToken),
      });
      holding.state = "leading";
    } catch (error) {
      // Another instance may have taken the lease meanwhile.
      if (held === holding) held = null;
      seen = null;
      void term.stop();
      await lease.release(fencingToken).catch(() => undefined);
      throw error;
    }
  }

  /** The lease of this fence is another's. What watched under a former fence says nothing of the present one. */
  function lose(fencingToken: number): void {
    if (held?.fencingToken !== fencingToken) return;
    log.warn("Another instance watches now; this one follows.");
    void held.term.stop();
    held = null;
    seen = null;
    follower.beginAnew();
  }

  function plan(): void {
    if (isStopped || isAlone) return;
    timer = setTimeout(() => {
      underWay = look().then(plan);
    }, lookEvery);
  }

  return {
    /** Resolves after the first look: watching, or standing by. Rejects when the database cannot be read. */
    start: async (): Promise<void> => {
      await standBy();
      plan();
    },
    /**
     * Whether this instance still is the one to ask upstream. After a pause in which others may have taken
     * it for gone it first makes sure.
     */
    mayAsk: async (): Promise<boolean> => {
      const holding = held;
      if (holding === null) return false;
      if (isAlone || outage !== null || clock().tick - holding.renewedTick < patience) return true;
      await look();
      return held === holding;
    },
    lose,
    isWatching: () => held !== null,
    /** Why the database does not serve; null while it does. */
    outage: () => held?.term.outage() ?? outage,
    retryFailing: () => held?.term.retryFailing(),
    /** What is to be watched has changed. Resolves when what is no more is asked about by nobody. */
    adapt: async (): Promise<void> => {
      follower.beginAnew();
      await held?.term.adapt();
    },
    /** Watches no more, and gives the lease back. */
    stop: async (): Promise<void> => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await underWay;
      const holding = held;
      if (holding === null) return;
      await holding.term.stop();
      await lease.release(holding.fencingToken).catch(() => undefined);
    },
  };
}

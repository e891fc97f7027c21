import "server-only";

import { setImmediate, setTimeout as wait } from "node:timers/promises";

import { second, type Duration, type Instant } from "@/lib/domain/instant";

import {
  HistoryUnavailable,
  isHistoryUnavailable,
  isUnwritable,
  tooSlow,
  toDatabaseProblem,
} from "./database-problem";

/** A slower query starts a check, and a slower check opens the breaker. Together they take about a second. */
const usualPatience: Duration = second / 2;

/**
 * answering: queries run. doubtful: a check is under way, and new queries wait for its result. slow: the check succeeded
 * too late. away: it failed or got no answer.
 */
type DatabaseState = "answering" | "doubtful" | "slow" | "away";

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * A circuit breaker for the database queries of viewers: an unavailable database costs them about a second once, and
 * nothing after that. A slow query alone does not open it, only a `ping` that fails or is too slow. While it is open,
 * `ping` runs every second. `ping` only reads, because a database that cannot be written can still serve viewers.
 */
export function createBreaker(parts: {
  ping: () => Promise<unknown>;
  now: () => Instant;
  /** Called when the database stops answering, and with null when it answers again. */
  onChange?: (problem: string | null) => void;
  patience?: Duration;
}) {
  const { ping, now, onChange = () => undefined, patience = usualPatience } = parts;
  /** A check that takes longer is abandoned. The next one uses another connection. */
  const checkPatience = 10 * patience;
  const checkEvery = 2 * patience;
  let state: DatabaseState = "answering";
  let outage = { since: now(), problem: tooSlow };
  let verdict: Promise<void> = Promise.resolve();
  const waiting = new Set<() => void>();

  function unavailable(): HistoryUnavailable {
    return new HistoryUnavailable(`${outage.problem} since ${toClockTime(outage.since)}`);
  }

  function become(next: "answering" | "slow" | "away", problem: string): void {
    const was = state;
    state = next;
    if (next === "answering") {
      if (was !== "doubtful") onChange(null);
      return;
    }
    outage = { ...outage, problem };
    if (was === "doubtful") onChange(problem);
    if (next === "away") for (const giveUp of waiting) giveUp();
  }

  /** Runs one check to its end. Calls `onLate` if the answer is late. */
  async function check(onLate: () => void): Promise<void> {
    const answer = ping().then(
      () => null,
      (error: unknown) => toDatabaseProblem(error),
    );
    const prompt = await within(patience, answer);
    if (prompt !== null) {
      become(prompt.answer === null ? "answering" : "away", prompt.answer ?? "");
      return;
    }
    onLate();
    const end = await within(checkPatience - patience, answer);
    become(end?.answer === null ? "slow" : "away", end?.answer ?? tooSlow);
  }

  async function checkUntilGood(onVerdict: () => void): Promise<void> {
    await check(() => {
      become("away", tooSlow);
      onVerdict();
    });
    onVerdict();
    while (state !== "answering") {
      await wait(checkEvery, undefined, { ref: false });
      await check(() => undefined);
    }
  }

  function doubt(): void {
    if (state !== "answering") return;
    state = "doubtful";
    outage = { since: now(), problem: tooSlow };
    verdict = new Promise((known) => void checkUntilGood(known));
  }

  /** Rejects early if a check finds the database away meanwhile. */
  function whileAnswering<T>(request: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUp = () => reject(unavailable());
      waiting.add(giveUp);
      const timer = setTimeout(doubt, patience);
      request()
        .then(resolve, (error: unknown) => {
          if (isHistoryUnavailable(error) && !isUnwritable(error)) doubt();
          reject(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => {
          clearTimeout(timer);
          waiting.delete(giveUp);
        });
    });
  }

  return {
    /** Runs the query, or rejects with HistoryUnavailable at once while the database is slow or away. */
    ask: async <T>(request: () => Promise<T>): Promise<T> => {
      if (state === "doubtful") await verdict;
      if (state === "slow" || state === "away") throw unavailable();
      return whileAnswering(request);
    },
    /** Like `ask`, but also runs the query on a slow database. */
    askPatiently: async <T>(request: () => Promise<T>): Promise<T> => {
      if (state === "doubtful") await verdict;
      if (state === "away") throw unavailable();
      return whileAnswering(request);
    },
    /** If false, answer from memory instead of waiting for the database. */
    isAnswering: (): boolean => state === "answering",
    state: (): DatabaseState => state,
  };
}

/** The answer; null if it is late. An answer that arrived while the event loop was blocked is not late. */
async function within<T>(most: Duration, answer: Promise<T>): Promise<{ answer: T } | null> {
  const inTime = answer.then((known) => ({ answer: known }));
  const ended = new AbortController();
  const timer = wait(most, null, { ref: false, signal: ended.signal }).catch(() => null);
  const first = await Promise.race([inTime, timer]);
  ended.abort();
  if (first !== null) return first;
  await setImmediate();
  return Promise.race([inTime, Promise.resolve(null)]);
}

function toClockTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

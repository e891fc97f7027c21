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

/** A question that takes longer raises the doubt; a check that takes longer proves it. Together about a second. */
const usualPatience: Duration = second / 2;

/**
 * answering: questions are asked. doubtful: a check is under way, and new questions wait for its result. slow: the
 * check was answered late. away: it failed or was not answered at all.
 */
type DatabaseState = "answering" | "doubtful" | "slow" | "away";

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * A circuit breaker for the database questions that viewers cause, so that a database that is away or silent costs
 * them about a second once, and nothing after that. One question that takes long proves nothing: only a `ping` that
 * fails or is not answered in time does. While the database is not answering, `ping` is tried every second. `ping`
 * only reads: a database that cannot be written still serves whoever looks.
 */
export function createBreaker(parts: {
  ping: () => Promise<unknown>;
  now: () => Instant;
  /** Called on each change between answering and not; `problem` is null when the database answers again. */
  onChange?: (problem: string | null) => void;
  patience?: Duration;
}) {
  const { ping, now, onChange = () => undefined, patience = usualPatience } = parts;
  /** A check without an answer after this time is given up; the next one goes over another connection. */
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

  /** One check, to its end; `onLate` is called when it is not answered in time. */
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

  /** The answer, unless the database is found to be away before. */
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
    /** Asks while the database answers in time. Rejects with HistoryUnavailable at once while it does not. */
    ask: async <T>(request: () => Promise<T>): Promise<T> => {
      if (state === "doubtful") await verdict;
      if (state === "slow" || state === "away") throw unavailable();
      return whileAnswering(request);
    },
    /** The same for what is worth waiting for: a slow database is asked as well. */
    askPatiently: async <T>(request: () => Promise<T>): Promise<T> => {
      if (state === "doubtful") await verdict;
      if (state === "away") throw unavailable();
      return whileAnswering(request);
    },
    /** Whether it is worth asking before answering from memory. */
    isAnswering: (): boolean => state === "answering",
    state: (): DatabaseState => state,
  };
}

/** The answer; null when it is late. What arrived while the process was busy with something else is not late. */
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

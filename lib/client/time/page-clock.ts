import { day, second, type Duration, type Instant } from "@/lib/domain/instant";

import { subscribeToPolls } from "../poll-log";
import { serverNow } from "./server-clock";

/**
 * One timer for everything on the page that depends on the time. It sleeps until the next instant at which something
 * that is seen changes, so that a page at rest costs nothing between two polls.
 */
export type ClockSubscriber = {
  listener: () => void;
  /** The first instant after `now` at which it shows something else; Infinity if it never does by itself. */
  changesAt: (now: Instant) => Instant;
  /** Whether a change is worth waking up for: not where no one sees it. It is still updated when others wake the page. */
  isSeen: () => boolean;
};

/** The timer stands still while the machine sleeps, so that it could be late by the time asleep. */
const longestSleep: Duration = 10 * second;
const longestSleepHidden: Duration = day;

/** When each of them shows something else, also those that no one sees. */
const subscribers = new Map<ClockSubscriber, Instant>();
let dueAt: Instant = Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;
let stopListening: (() => void) | null = null;

/** Calls the subscriber's listener when it is due, until the returned function is called. */
export function subscribeToClock(subscriber: ClockSubscriber): () => void {
  stopListening ??= listen();
  const at = subscriber.changesAt(serverNow());
  subscribers.set(subscriber, at);
  if (at < dueAt && subscriber.isSeen()) sleepUntil(at);
  return () => {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    sleepUntil(Infinity);
    stopListening?.();
    stopListening = null;
  };
}

/** Updates all that are due, also those that no one saw until now. */
export function wakeClock(): void {
  const now = serverNow();
  for (const [subscriber, at] of [...subscribers]) {
    if (at > now) continue;
    subscribers.set(subscriber, subscriber.changesAt(now));
    subscriber.listener();
  }
  plan();
}

function listen(): () => void {
  const turn = () => {
    if (document.visibilityState === "visible") wakeClock();
    else plan();
  };
  // With a poll the server's clock may have moved, and other changes be due.
  const endPolls = subscribeToPolls(check);
  document.addEventListener("visibilitychange", turn);
  window.addEventListener("beforeprint", wakeClock);
  return () => {
    endPolls();
    document.removeEventListener("visibilitychange", turn);
    window.removeEventListener("beforeprint", wakeClock);
  };
}

function check(): void {
  if (serverNow() >= dueAt) wakeClock();
  else plan();
}

function plan(): void {
  const now = serverNow();
  let soonest = Infinity;
  for (const [subscriber, former] of subscribers) {
    // Those that are overdue, because no one sees them, stay so until the page wakes.
    const at = former <= now ? former : subscriber.changesAt(now);
    subscribers.set(subscriber, at);
    if (at < soonest && subscriber.isSeen()) soonest = at;
  }
  sleepUntil(soonest);
}

function sleepUntil(instant: Instant): void {
  clearTimeout(timer);
  dueAt = instant;
  if (instant === Infinity) return;
  const wait = Math.max(1, Math.ceil(instant - serverNow()));
  const longest = document.visibilityState === "visible" ? longestSleep : longestSleepHidden;
  timer = setTimeout(check, Math.min(wait, longest));
}

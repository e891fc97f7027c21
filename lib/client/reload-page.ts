import { minute, second, type Duration } from "@/lib/domain/instant";

import { keepInTab, readFromTab } from "./tab-memory";

const patience: Duration = 10 * second;

let isPlanned = false;

/**
 * Schedules one reload of the page: after `after` milliseconds, as soon as the server answers. Earlier, the browser
 * would replace the page with its own error. A page that was itself reloaded waits until it is `atMostEvery` old, so
 * that a server that stays broken gets no storm of requests. This needs no storage.
 */
export function reloadPage({ after = 0, atMostEvery = minute } = {}): void {
  if (isPlanned) return;
  isPlanned = true;
  setTimeout(() => void reloadOnceAnswered(1), Math.max(after, untilOld(atMostEvery)));
}

async function reloadOnceAnswered(tries: number): Promise<void> {
  if (await isPageAnswered()) location.reload();
  else setTimeout(() => void reloadOnceAnswered(tries + 1), pauseAfter(tries));
}

/** The pause after `failures` in a row: 10, 20, and then always 40 s. */
export function pauseAfter(failures: number): Duration {
  return 10 * second * 2 ** Math.min(2, Math.max(0, failures - 1));
}

/** Whether the server answers a request for this page within 10 s. */
export async function isPageAnswered(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patience);
    return (await fetch(location.href, { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

/** How long until a page that was loaded by a reload is that old; 0 for every other page. */
function untilOld(age: Duration): Duration {
  return wasReloaded() ? Math.max(0, age - performance.now()) : 0;
}

/** Whether this page was loaded by a reload, ours or a person's. */
export function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation !== undefined && "type" in navigation && navigation.type === "reload";
}

const reloadedForKey = "rollcall-reloaded-for";
const spread: Duration = 30 * second;
const withoutStorage: Duration = 10 * minute;

/**
 * Reloads the page if the server runs a different build: once per build, so that a server that reports one build but
 * sends another gets no storm of requests, and spread over half a minute, so that screens do not all reload at once.
 * If the browser refuses storage: at most every 10 minutes.
 */
export function reloadForBuild(build: string): void {
  if (build === process.env["ROLLCALL_BUILD"] || readFromTab(reloadedForKey) === build) return;
  keepInTab(reloadedForKey, build);
  reloadPage({ after: Math.random() * spread, atMostEvery: withoutStorage });
}

import autocannon from "autocannon";

import { cpuTime } from "./process-cost";

/** A server to load. `etag` is sent instead of that of the race. */
export type Runner = { url: string; pid: number; answersWith: "2xx" | "3xx"; etag?: string | undefined };
export type Lap = { perSecond: number; cpu: number };

const clients = 50;
const seconds = 3;

/** Fifty keep-alive clients, as fast as they can: requests per second, and the server's CPU per request in ms. */
export async function lap({ url, pid, answersWith, etag: own }: Runner, etag: string): Promise<Lap> {
  const before = await cpuTime(pid);
  const result = await autocannon({
    url,
    connections: clients,
    duration: seconds,
    headers: { "if-none-match": own ?? etag },
  });
  const requests = result.requests.total;
  if (result.errors > 0 || result[answersWith] === 0 || result[answersWith] < requests)
    throw new Error(`${url} returned another status than ${answersWith}: ${JSON.stringify(result)}`);
  return { perSecond: requests / result.duration, cpu: ((await cpuTime(pid)) - before) / requests };
}

/** Runs all of them in turn, round by round, so that a slow moment of the machine affects each. */
export async function race(
  runners: Readonly<Record<string, Runner>>,
  etag: string,
  rounds: number,
): Promise<(name: string) => readonly Lap[]> {
  const laps = new Map<string, Lap[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, runner] of Object.entries(runners))
      laps.set(name, [...(laps.get(name) ?? []), await lap(runner, etag)]);
  }
  return (name) => laps.get(name) ?? [];
}

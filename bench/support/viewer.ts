import { pause } from "./pause";

export type Viewer = { latencies: number[]; statuses: number[] };

/**
 * A simulated viewer: requests `url` until `end` (epoch ms), sends its ETag back, and waits as long as the
 * server says. `longestWait` bounds that wait in milliseconds. The first request, which opens the connection, is not
 * timed.
 */
export async function view(url: string, end: number, longestWait: number): Promise<Viewer> {
  const latencies: number[] = [];
  const statuses: number[] = [];
  let etag: string | null = null;
  while (Date.now() < end) {
    const asked = performance.now();
    const response: Response = await fetch(url, { headers: etag === null ? {} : { "if-none-match": etag } });
    await response.arrayBuffer();
    if (etag !== null) latencies.push(performance.now() - asked);
    statuses.push(response.status);
    etag = response.headers.get("etag") ?? etag;
    const wait = Number(response.headers.get("rollcall-next-poll-in") ?? 1_000);
    await pause(Math.min(wait, longestWait, Math.max(0, end - Date.now())));
  }
  return { latencies, statuses };
}

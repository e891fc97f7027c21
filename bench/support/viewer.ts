import { pause } from "./stage";

export type Viewer = { latencies: number[]; statuses: Map<number, number> };

/**
 * A viewer without eyes: asks for `url` until `end` (epoch ms), sends its ETag back, and waits as long as the
 * server says. `perhapsFaster` bounds that wait in milliseconds.
 */
export async function view(url: string, end: number, perhapsFaster = Infinity): Promise<Viewer> {
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  let etag: string | null = null;
  while (Date.now() < end) {
    const asked = performance.now();
    const response: Response = await fetch(url, { headers: etag === null ? {} : { "if-none-match": etag } });
    await response.arrayBuffer();
    latencies.push(performance.now() - asked);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    etag = response.headers.get("etag") ?? etag;
    const wait = Number(response.headers.get("rollcall-next-poll-in") ?? 1_000);
    await pause(Math.min(wait, perhapsFaster, Math.max(0, end - Date.now())));
  }
  return { latencies, statuses };
}

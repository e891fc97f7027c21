import { Client, type Dispatcher } from "undici";

import { pause } from "./pause";

/** A status of 0 is a poll without an answer. */
export type Viewer = { latencies: number[]; statuses: number[] };

/** The time between two polls of a viewer, if the server names none. */
const usualWait = 1_000;

/**
 * A simulated viewer with a separate connection, like a browser: requests `url` until `end` (epoch ms), sends its
 * ETag back, and waits as long as the server says. It retries nothing: a poll without an answer is one with the status
 * 0. `longestWait` bounds the wait in milliseconds. The first request, which opens the connection, is not timed.
 */
export async function view(url: string, end: number, longestWait: number): Promise<Viewer> {
  const { origin, pathname, search } = new URL(url);
  const client = new Client(origin);
  const latencies: number[] = [];
  const statuses: number[] = [];
  let etag: string | null = null;
  while (Date.now() < end) {
    const asked = performance.now();
    const response: Dispatcher.ResponseData | null = await poll(client, `${pathname}${search}`, etag).catch(
      () => null,
    );
    if (response === null) {
      statuses.push(0);
      await pause(usualWait);
      continue;
    }
    if (etag !== null) latencies.push(performance.now() - asked);
    statuses.push(response.statusCode);
    etag = response.headers["etag"]?.toString() ?? etag;
    const wait = Number(response.headers["rollcall-next-poll-in"] ?? usualWait);
    await pause(Math.min(wait, longestWait, Math.max(0, end - Date.now())));
  }
  await client.close();
  return { latencies, statuses };
}

async function poll(client: Client, path: string, etag: string | null): Promise<Dispatcher.ResponseData> {
  const response = await client.request({
    method: "GET",
    path,
    headers: { "accept-encoding": "gzip", ...(etag === null ? {} : { "if-none-match": etag }) },
  });
  await response.body.dump();
  return response;
}

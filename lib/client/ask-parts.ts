import { hashKey, notifyManager, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";

import { second, type Duration } from "@/lib/domain/instant";

/** After this time the other parts are shown; a slow part is shown when it arrives. */
const waitAtMost: Duration = 2 * second;

/** A part that has not been fetched yet. `fetch` never rejects. */
export type FirstPart = { queryKey: QueryKey; fetch: (client: QueryClient) => Promise<unknown> };

/**
 * Refetches every mounted query below `queryKey`, and resolves when all have arrived or failed, after two seconds at
 * the latest. The page does not change until the returned function is called. It shows the parts together with what
 * `also` puts into the cache, so that all parts of a page show the same moment. Parts that arrive later are shown when
 * they arrive. Queries that are not mounted are refetched when they are next used, except `first`: parts that the page
 * will show for the first time, which are fetched with the others.
 */
export async function askParts(
  client: QueryClient,
  queryKey: QueryKey,
  signal: AbortSignal,
  first: readonly FirstPart[] = [],
): Promise<(also: () => unknown) => void> {
  let isHeld = true;
  const held: (() => void)[] = [];
  const show = (put: () => void) => {
    if (isHeld) held.push(put);
    else put();
  };
  const parts = client.getQueryCache().findAll({ queryKey, type: "active", predicate: hasData });
  const asked = parts.map((part) => askPart(client, part, signal).then(show));
  const missing = first.filter((part) => client.getQueryData(part.queryKey) === undefined);
  const missed = new Set(missing.map((part) => hashKey(part.queryKey)));
  const fetched = missing.map((part) => part.fetch(client));
  await Promise.race([Promise.all([...asked, ...fetched]), wait(waitAtMost)]);
  return (also) => {
    isHeld = false;
    notifyManager.batch(() => {
      also();
      for (const put of held) put();
      const others = (query: Query) => !parts.includes(query) && !missed.has(query.queryHash);
      void client.invalidateQueries({ queryKey, predicate: others });
    });
  };
}

function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}

/** Requests of parts that have not been answered yet. */
const underWay = new WeakMap<Query, Promise<unknown>>();

/**
 * If a part fails, the query cache requests it once more and keeps the error. An answer that arrives after a newer one
 * is dropped. A part that is still being requested is requested again afterwards: while the server is slow, several
 * requests for each part would keep the browser's few connections from the next poll.
 */
async function askPart(client: QueryClient, part: Query, signal: AbortSignal): Promise<() => void> {
  const { queryKey, options, state: asked } = part;
  const again = () => void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
  if (typeof options.queryFn !== "function") return again;
  const former = underWay.get(part) ?? (asked.fetchStatus === "fetching" ? part.promise : undefined);
  if (former !== undefined)
    return former.then(
      () => again,
      () => again,
    );
  try {
    const answer = Promise.resolve(options.queryFn({ client, queryKey, signal, meta: undefined }));
    underWay.set(part, answer);
    const data: unknown = await answer.finally(() => underWay.delete(part));
    return () => {
      if (part.state.dataUpdateCount === asked.dataUpdateCount) client.setQueryData(queryKey, data);
    };
  } catch {
    return again;
  }
}

function wait(duration: Duration): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}

import { notifyManager, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";

import { second, type Duration } from "@/lib/domain/instant";

/** After this long the rest is shown, and a slow part follows when it arrives. */
const waitAtMost: Duration = 2 * second;

/**
 * Fetches every mounted part below `queryKey` again, and resolves when all have arrived or failed, after two seconds
 * at the latest. Nothing changes on the page until the returned function is called: it shows the parts
 * and whatever `also` puts into the cache at once, so that all parts of a page speak of the same moment. What comes
 * later is shown when it comes. What is not in sight is asked for anew when it is next wanted.
 */
export async function askParts(
  client: QueryClient,
  queryKey: QueryKey,
  signal: AbortSignal,
): Promise<(also: () => unknown) => void> {
  let isHeld = true;
  const held: (() => void)[] = [];
  const show = (put: () => void) => {
    if (isHeld) held.push(put);
    else put();
  };
  const parts = client.getQueryCache().findAll({ queryKey, type: "active", predicate: hasData });
  const asked = parts.map((part) => askPart(client, part, signal).then(show));
  await Promise.race([Promise.all(asked), wait(waitAtMost)]);
  return (also) => {
    isHeld = false;
    notifyManager.batch(() => {
      also();
      for (const put of held) put();
      const others = (query: Query) => !parts.includes(query);
      void client.invalidateQueries({ queryKey, predicate: others });
    });
  };
}

function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}

/**
 * A part that cannot be had is asked for once more by the cache, which then says why it failed. An answer that comes
 * after a newer one is dropped.
 */
async function askPart(client: QueryClient, part: Query, signal: AbortSignal): Promise<() => void> {
  const { queryKey, options, state: asked } = part;
  const again = () => void client.invalidateQueries({ queryKey, exact: true });
  if (typeof options.queryFn !== "function") return again;
  try {
    const data: unknown = await options.queryFn({ client, queryKey, signal, meta: undefined });
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

import "server-only";

import { second, type Duration, type Instant } from "@/lib/domain/instant";
import type { Context } from "@/lib/server/context";
import type { TrafficSource } from "@/lib/server/db/traffic";

/** A poll of the Metrics API changes them once a minute. */
const knownFor: Duration = 15 * second;

type Known = { at: Instant; sources: readonly TrafficSource[] };
const known = new WeakMap<Context["endpointStore"], Known>();

/** How the last polls of each organization's Metrics API went. */
export async function readSources(ctx: Context): Promise<readonly TrafficSource[]> {
  const sources = await ctx.history.traffic.readSources();
  known.set(ctx.endpointStore, { at: ctx.clock().at, sources });
  return sources;
}

/** The same as they were last read, and begins to read them again: for what may not wait for the database. */
export function recentSources(ctx: Context): readonly TrafficSource[] {
  const last = known.get(ctx.endpointStore) ?? { at: 0, sources: [] };
  const { at } = ctx.clock();
  if (ctx.monitors.all().every(({ metrics }) => metrics === null)) return [];
  if (Math.abs(at - last.at) >= knownFor) {
    known.set(ctx.endpointStore, { ...last, at });
    void readSources(ctx).catch(() => undefined);
  }
  return last.sources;
}

import "server-only";

import { isDeepStrictEqual } from "node:util";

import type { ListedEndpoint } from "@/lib/domain/endpoint-report";
import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { extendRun } from "./failure-run";
import { retryDelay, toFailure } from "./poll-failure";
import { takeListedUpdate } from "./update-hint";

/** The result of one request for the listing. `wait` is the time until the next; null: the interval decides. */
export type ListingOutcome = {
  wait: Duration | null;
  listed: ReadonlySet<string>;
  hasRecovered: boolean;
  /** Applies what it says about updates to the endpoints of the store. */
  noteUpdates: () => void;
};

/** Requests the listing of an organization once, and stores it. Never rejects. */
export async function askListing(
  org: string,
  parts: {
    client: Pick<UpstreamClient, "listEndpoints">;
    endpointStore: EndpointStore;
    clock: Clock;
    log: Log;
    interval: Duration;
    /** How long the listing counts as fresh. */
    lasts: Duration;
  },
): Promise<ListingOutcome> {
  const { client, endpointStore, clock, log, interval, lasts } = parts;
  const former = endpointStore.listing();
  const { at, tick } = clock();
  try {
    const { report } = await client.listEndpoints(org);
    const listed = new Set(report.map(({ endpointId }) => endpointId));
    endpointStore.setListing({ listed: { ids: listed, at, tick, lasts }, failures: null, nextPoll: null });
    const formerTick = former?.listed?.tick ?? null;
    return {
      ...{ wait: null, listed, hasRecovered: Boolean(former?.failures) },
      noteUpdates: () => noteUpdates(endpointStore, report, { at, askedTick: tick, formerTick }),
    };
  } catch (error) {
    const failure = toFailure(error, log);
    const wait = retryDelay(failure, (former?.failures?.count ?? 0) + 1, interval);
    if (former?.failures?.cause.code !== failure.code) {
      const { code, detail, message } = failure;
      log.warn({ org, code, detail, reason: message }, "upstream call failed");
    }
    const failures = extendRun(former?.failures ?? null, failure, { at, retryAt: at + wait });
    endpointStore.setListing({ listed: former?.listed ?? null, failures, nextPoll: null });
    return { wait, listed: new Set(), hasRecovered: false, noteUpdates: () => undefined };
  }
}

/** Applies the listing's `updated` to every endpoint of the store. */
function noteUpdates(
  endpointStore: EndpointStore,
  report: readonly ListedEndpoint[],
  listing: { at: number; askedTick: Duration; formerTick: Duration | null },
): void {
  const updates = new Map(report.map(({ endpointId, updatedAt }) => [endpointId, updatedAt]));
  for (const endpointState of endpointStore.all()) {
    const updatedAt = updates.get(endpointState.endpointId) ?? null;
    const hint = takeListedUpdate(endpointState.hint, { ...listing, updatedAt });
    if (!isDeepStrictEqual(hint, endpointState.hint)) endpointStore.set({ ...endpointState, hint });
  }
}

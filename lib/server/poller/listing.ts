import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import { extendRun } from "./failure-run";
import { retryDelay, toFailure } from "./poll-failure";

/** The result of one request for the listing. `wait` is the time until the next. */
export type ListingOutcome = { wait: Duration; listed: ReadonlySet<string>; hasRecovered: boolean };

/** Requests the listing of an organization once, and stores it. Never rejects. */
export async function askListing(
  org: string,
  parts: {
    client: Pick<UpstreamClient, "listEndpoints">;
    endpointStore: EndpointStore;
    clock: Clock;
    log: Log;
    interval: Duration;
  },
): Promise<ListingOutcome> {
  const { client, endpointStore, clock, log, interval } = parts;
  const former = endpointStore.listing();
  const { at } = clock();
  try {
    const { report } = await client.listEndpoints(org);
    const listed = new Set(report.map(({ endpointId }) => endpointId));
    endpointStore.setListing({ listed: { ids: listed, at }, failures: null, nextPoll: null });
    return { wait: interval, listed, hasRecovered: Boolean(former?.failures) };
  } catch (error) {
    const failure = toFailure(error, log);
    const wait = retryDelay(failure, (former?.failures?.count ?? 0) + 1, interval);
    if (former?.failures?.cause.code !== failure.code) {
      const { code, detail, message } = failure;
      log.warn({ org, code, detail, reason: message }, "upstream call failed");
    }
    const failures = extendRun(former?.failures ?? null, failure, { at, retryAt: at + wait });
    endpointStore.setListing({ listed: former?.listed ?? null, failures, nextPoll: null });
    return { wait, listed: new Set(), hasRecovered: false };
  }
}

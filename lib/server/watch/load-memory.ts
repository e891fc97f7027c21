import "server-only";

import { isGap } from "@/lib/domain/gap";
import type { Duration, Instant } from "@/lib/domain/instant";
import { isTerminal } from "@/lib/domain/rollout-status";
import type { RolloutRecord } from "@/lib/server/history/read";
import type { EndpointFacts } from "@/lib/server/history/recording";
import type { HistoryStore } from "@/lib/server/history/store";

import { mostObservations } from "./compare";
import { newMemory, type EndpointMemory, type Moment, type RememberedRollout } from "./endpoint-memory";
import { noLongerListed, notFoundUntilConcluded } from "./failure-run";
import { notRunning } from "./poll-endpoint";

const newestRemembered = 5;
const everyListed = 100_000;

export type Past = Pick<HistoryStore, "readRecentSpans" | "readRollouts" | "readObservations">;

/** Rebuilds what the watcher knew about an endpoint from history, as old as it is. */
export async function loadMemory(
  history: Past,
  facts: EndpointFacts,
  interval: Duration,
  now: Moment,
): Promise<EndpointMemory> {
  const memory = newMemory(facts.endpointId, interval);
  const [span] = await history.readRecentSpans(facts.endpointId, 1);
  if (span === undefined) return memory;
  const listed = await history.readRollouts(facts.endpointId, { limit: everyListed, listedOnly: true });
  const newest = await history.readRollouts(facts.endpointId, { limit: newestRemembered });
  const gone = newest.filter((record) => record.facts.gone !== null);
  const rollouts = await Promise.all(
    [...listed, ...gone].map((record) => remember(history, facts.endpointId, record)),
  );
  // By a clock that was set back nobody can say how old this is: then it is not taken for news.
  const age = now.at < span.until ? 2 * interval + 1 : now.at - span.until;
  const brokenBy = span.brokenBy ?? (isGap(age, interval) ? notRunning : null);
  return {
    ...memory,
    picture: { facts, rollouts, span: { ...span, brokenBy } },
    isFromHistory: true,
    observedTick: now.tick - age,
    ...(facts.goneSince === null ? {} : departed(facts.goneSince)),
  };
}

/** An endpoint that had left the listing is known to have left it, until a reply says otherwise. */
function departed(since: Instant): Pick<EndpointMemory, "failures" | "notFoundInRow"> {
  const cause = { ...noLongerListed, since, retryAt: null };
  return { failures: { count: notFoundUntilConcluded, cause }, notFoundInRow: notFoundUntilConcluded };
}

async function remember(
  history: Past,
  endpointId: string,
  { facts, latest }: RolloutRecord,
): Promise<RememberedRollout> {
  if (isTerminal(latest.state.status)) return { facts, observations: [latest] };
  const [first, ...others] = await history.readObservations(endpointId, facts.deploymentId);
  return {
    facts,
    observations: first === undefined ? [latest] : [first, ...others.slice(-mostObservations)],
  };
}

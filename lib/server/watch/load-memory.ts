import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { isTerminal } from "@/lib/domain/rollout-status";
import type { RolloutRecord } from "@/lib/server/history/read";
import type { EndpointFacts } from "@/lib/server/history/recording";
import type { HistoryStore } from "@/lib/server/history/store";

import { newMemory, type EndpointMemory, type Moment, type RememberedRollout } from "./endpoint-memory";

const newestRemembered = 5;
const everyListed = 100_000;

/** Rebuilds what the watcher knew about an endpoint from history, as old as it is. */
export async function loadMemory(
  history: HistoryStore,
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
  const age = Math.max(0, now.at - span.until);
  return { ...memory, picture: { facts, rollouts, span }, isFromHistory: true, observedTick: now.tick - age };
}

async function remember(
  history: HistoryStore,
  endpointId: string,
  { facts, latest }: RolloutRecord,
): Promise<RememberedRollout> {
  if (isTerminal(latest.state.status)) return { facts, observations: [latest] };
  const [first, ...others] = await history.readObservations(endpointId, facts.deploymentId);
  return { facts, observations: first === undefined ? [latest] : [first, ...others] };
}

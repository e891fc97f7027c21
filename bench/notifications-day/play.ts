import { hour, second, type Duration, type Instant } from "@/lib/domain/instant";
import { toPastRollout, usualDeadline, type Habit, type PastRollout } from "@/lib/domain/past-rollout";
import { latestObservation, type Rollout } from "@/lib/domain/rollout";
import { findRolloutEvents, type FoundEvent, type SeenEndpoint } from "@/lib/domain/rollout-events";
import { isTerminal } from "@/lib/domain/rollout-status";

import type { Step } from "../time-left/corpus";
import type { Life, LifeRollout } from "./life";

const poll: Duration = 5 * second;
/** Deployments that a reply lists. */
const listed = 3;

/** What Rollcall finds notable on an endpoint, poll by poll, from its first rollout on; only events from `from` on. */
export function playRollouts(life: Life, from: Instant): FoundEvent[] {
  const facts = { endpointId: life.endpointId, org: life.org, modelArch: null };
  const all = [...life.pasts, ...life.today];
  const pasts: PastRollout[] = [];
  const known = new Map<string, Rollout>();
  const events: FoundEvent[] = [];
  let former: SeenEndpoint | null = null;
  let holding: ReadonlySet<string> | null = null;
  for (const at of pollsOf(all)) {
    const shown = all.filter(({ startedAt }) => startedAt <= at).slice(-listed);
    for (const rollout of shown) observe(known, pasts, rollout, { at, lastAt: former?.span.until ?? null });
    const rollouts = shown.flatMap(({ deploymentId }) => known.get(deploymentId) ?? []);
    const next: SeenEndpoint = { facts, rollouts, span: { until: at } };
    const habit: Habit = { pasts: pasts.toReversed().slice(0, 20), deadline: usualDeadline };
    const found = findRolloutEvents({ former, next, habit, holding });
    events.push(...found.events);
    former = next;
    holding = found.holding;
  }
  return events.filter((event) => event.at >= from);
}

/** Every 5 s while something moves; nothing can happen in between. */
function pollsOf(rollouts: readonly LifeRollout[]): Instant[] {
  const polls = new Set<Instant>([Math.floor((rollouts[0]?.startedAt ?? 0) / poll) * poll - hour]);
  for (const { startedAt, steps } of rollouts) {
    const last = startedAt + (steps.at(-1)?.at ?? 0) + 2 * poll;
    for (let at = Math.floor(startedAt / poll) * poll; at <= last; at += poll) polls.add(at);
  }
  return [...polls].toSorted((a, b) => a - b);
}

/** What one poll adds to what is known of a rollout, as the poller keeps it. */
function observe(
  known: Map<string, Rollout>,
  pasts: PastRollout[],
  { deploymentId, version, startedAt, steps }: LifeRollout,
  { at, lastAt }: { at: Instant; lastAt: Instant | null },
): void {
  const step = steps.findLast((each) => startedAt + each.at <= at);
  if (step === undefined) return;
  const former = known.get(deploymentId);
  if (former !== undefined && isSame(former, step)) return;
  const { status, updated, total } = step;
  const state = {
    ...{ status, reportedStatus: status, updatedReplicas: updated, totalReplicas: total, maxUnavailable: 1 },
    ...{ errorMessage: status === "error" ? "out of memory" : null, warnings: [] },
  };
  const observation = { at, notBefore: lastAt, state };
  const endedAt = isTerminal(status) && former !== undefined ? at : null;
  const whole: Rollout = {
    facts: {
      ...{ deploymentId, model: null, version: String(version), versionAlias: null, createdAt: startedAt },
      ...{ firstObservedAt: former?.facts.firstObservedAt ?? at, endedAt, errorSince: null, removed: null },
    },
    observations: former === undefined ? [observation] : [...former.observations, observation],
  };
  known.set(deploymentId, isTerminal(status) ? { ...whole, observations: [observation] } : whole);
  const past = toPastRollout(whole);
  if (past !== null) pasts.push(past);
}

function isSame(rollout: Rollout, { status, updated, total }: Step): boolean {
  const { state } = latestObservation(rollout);
  return state.status === status && state.updatedReplicas === updated && state.totalReplicas === total;
}

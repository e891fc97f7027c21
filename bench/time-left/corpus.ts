import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import type { Rollout } from "@/lib/domain/rollout";
import type { RolloutStatus } from "@/lib/domain/rollout-status";
import { seededRandom } from "@/lib/simulator/random";

/** How the rollouts of an endpoint go. Every endpoint keeps its shape, as real ones do. */
export const shapes = [
  "steady",
  "accelerating",
  "batches",
  "long first replica",
  "pausing",
  "scaled",
] as const;

type Shape = (typeof shapes)[number];

/** How the newest rollout of an endpoint ends. */
type Outcome = "done" | "stuck" | "error";

/** An endpoint with its past rollouts, oldest first, and the one that is judged. */
export type Sample = {
  shape: Shape;
  outcome: Outcome;
  pasts: readonly Rollout[];
  rollout: Rollout;
  startedAt: Instant;
  /** When it was seen done, or the last thing happened before it got stuck or failed. */
  endedAt: Instant;
};

const interval: Duration = 5 * second;
const outcomes: readonly Outcome[] = [
  "done",
  "done",
  "done",
  "done",
  "done",
  "done",
  "done",
  "stuck",
  "error",
  "done",
];

/**
 * Endpoints whose replicas take from 15 to 90 s, with none to six past rollouts, some of them failed. A rollout is as
 * fast as its endpoint's others within about a fifth, and each replica within about a third; one in twelve is half as
 * fast. Everything is seen at the next poll, every 5 s.
 */
export function makeCorpus(seed: string, count: number): Sample[] {
  return Array.from({ length: count }, (_, index) => makeSample(`${seed}/${index}`, index));
}

/** How the rollouts of one endpoint go, the same for the same label. */
export function makePlan(label: string, index: number): Plan {
  const random = seededRandom(label);
  return {
    shape: shapes[index % shapes.length] ?? "steady",
    random,
    replicas: 4 + Math.floor(random() * 21),
    batch: 2 + Math.floor(random() * 3),
    perReplica: 15 * second * 6 ** random(),
    first: 2 + random() * 2,
    pauses: 0.15 + random() * 0.2,
  };
}

function makeSample(label: string, index: number): Sample {
  const plan = makePlan(label, index);
  const { random, shape } = plan;
  const outcome = outcomes[Math.floor(index / shapes.length) % outcomes.length] ?? "done";
  const earlier = Array.from({ length: Math.floor(random() * 7) }, (_, nth) =>
    play(plan, random() < 0.15 ? "error" : "done", nth * 24 * 60 * minute, `p${nth}`),
  );
  const judged = play(plan, outcome, 7 * 24 * 60 * minute, "judged");
  return { shape, outcome, pasts: earlier.map(({ rollout }) => rollout), ...judged };
}

export type Plan = {
  shape: Shape;
  random: () => number;
  replicas: number;
  batch: number;
  perReplica: Duration;
  /** How many times as long as others the first replica takes. */
  first: number;
  /** The share of waits that are pauses. */
  pauses: number;
};

export type Step = { at: Instant; status: RolloutStatus; updated: number; total: number };

function play(plan: Plan, outcome: Outcome, startedAt: Instant, deploymentId: string) {
  const steps = toSteps(plan);
  const done = steps.length - 1;
  const cut = outcome === "done" ? done : 1 + Math.floor(plan.random() * (done - 2));
  const kept = steps.slice(0, cut + 1);
  const last = kept.at(-1);
  if (last === undefined) throw new Error("A rollout has steps.");
  if (outcome === "error") kept.push({ ...last, at: last.at + plan.perReplica, status: "error" });
  const observations = toObservations(kept, startedAt);
  const endedAt = observations.at(-1)?.at ?? startedAt;
  const rollout: Rollout = {
    facts: {
      deploymentId,
      model: null,
      version: "1",
      versionAlias: null,
      createdAt: startedAt,
      firstObservedAt: observations[0].at,
      endedAt: outcome === "stuck" ? null : endedAt,
      errorSince: null,
      removed: null,
    },
    observations,
  };
  return { rollout, startedAt, endedAt };
}

/** The steps of a rollout that is done in the end; instants count from its start. */
export function toSteps(plan: Plan): Step[] {
  const { random, shape } = plan;
  const speed = plan.perReplica * Math.exp(0.18 * normal(random)) * (random() < 1 / 12 ? 2 : 1);
  const queued = 2 * second + random() * 20 * second;
  let [at, updated, total] = [queued, 0, plan.replicas];
  const steps: Step[] = [
    { at: 0, status: "not_started", updated, total },
    { at, status: "in_progress", updated, total },
  ];
  const scaledAt = shape === "scaled" ? Math.floor(total * (0.2 + 0.6 * random())) : -1;
  const scaledBy = random() < 0.5 ? Math.ceil(total / 3) : -Math.floor((total - scaledAt) / 2);
  while (updated < total) {
    const size = shape === "batches" ? Math.min(plan.batch, total - updated) : 1;
    const noise = Math.exp(0.3 * normal(random) - 0.045);
    at += speed * noise * slowness(plan, updated / total, updated === 0);
    updated += size;
    if (updated === scaledAt) total += scaledBy;
    steps.push({ at, status: "in_progress", updated, total });
  }
  steps.push({ at: at + 2 * second + random() * speed * 0.5, status: "done", updated, total });
  return steps;
}

/** How many times as long as usual a step takes. */
function slowness({ shape, first, pauses, random, batch }: Plan, share: number, isFirst: boolean): number {
  switch (shape) {
    case "accelerating":
      return 1.7 - 1.4 * share;
    case "batches":
      return 0.6 * batch;
    case "long first replica":
      return isFirst ? first : 0.8;
    case "pausing":
      return random() < pauses ? 2 + random() * 2 : 0.7;
    default:
      return 1;
  }
}

/** What polls see of the steps: each at the next poll, and only the last of those between two polls. */
function toObservations(steps: readonly Step[], startedAt: Instant): Rollout["observations"] {
  const seen = new Map<number, Step>();
  for (const step of steps) seen.set(Math.ceil(step.at / interval) * interval, step);
  const [first, ...others] = [...seen].map(([at, { status, updated, total }]): Observation => ({
    at: startedAt + at,
    notBefore: at === 0 ? null : startedAt + at - interval,
    state: {
      status,
      reportedStatus: status,
      updatedReplicas: updated,
      totalReplicas: total,
      maxUnavailable: 1,
      errorMessage: null,
      warnings: [],
    },
  }));
  if (first === undefined) throw new Error("A rollout has observations.");
  return [first, ...others];
}

/** A number from the standard normal distribution. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

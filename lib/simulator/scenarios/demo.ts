import { fail, rollBackCompletely, smooth, stall } from "../build-script";
import type {
  PastOutage,
  Scenario,
  ScenarioContext,
  ScenarioEndpoint,
  ScriptedDeployment,
} from "../scenario";
import { plan, raw, scripted, secondsAgo } from "../scenario";
import { shardMismatch } from "./error-messages";
import type { PastOfEndpoint } from "./past-rollouts";
import { pastRollouts } from "./past-rollouts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MS_PER_REPLICA = 4000;
/** 2 s queued, 12 replicas, 1 s to settle, 2 s of rest: at any time, something moves within 10 s. */
const PERIOD_MS = 2000 + 12 * MS_PER_REPLICA + 1000 + 2000;
/** Six of twelve replicas into the first rollout. */
const FIRST_STARTED_AGO_MS = 2000 + 6.5 * MS_PER_REPLICA;
const FIRST_VERSION = 31;
const LISTED = 12;

export const demo: Scenario = {
  name: "demo",
  about:
    "Eight endpoints of acme; acme-qwen-3-32b is always rolling, one is stuck, one failed, one just finished.",
  build: (context) => ({
    orgs: ["acme"],
    pastOutages: [outage(context)],
    endpoints: [
      alwaysRolling(context),
      stuckEndpoint(context),
      failedEndpoint(context),
      justFinished(context),
      likeTheExample(context),
      rolledBack(context),
      quiet(context, "acme-qwen-3-235b", "qwen-3-235b-a22b-instruct-2507", 18, 16),
      quiet(context, "acme-gpt-oss-120b-batch", "gpt-oss-120b", 25, 24),
    ],
  }),
};

const ALWAYS_ROLLING = {
  endpoint: { org: "acme", id: "acme-qwen-3-32b", arch: "qwen-3-32b" },
  newestVersion: FIRST_VERSION - 1,
  replicas: 12,
  msPerReplica: MS_PER_REPLICA,
};

function alwaysRolling(context: ScenarioContext): ScenarioEndpoint {
  const { endpoint } = ALWAYS_ROLLING;
  const make = (n: number): ScriptedDeployment => {
    const version = FIRST_VERSION + n;
    const script = smooth(plan(context, `demo/v${version}`, { msPerReplica: MS_PER_REPLICA }));
    const startedAgoMs = FIRST_STARTED_AGO_MS - n * PERIOD_MS;
    return scripted(context, { endpoint, version, alias: `v${version}-canary`, startedAgoMs, script });
  };
  return {
    ...withPast(context, ALWAYS_ROLLING, []),
    created: secondsAgo(context, 120 * DAY_MS),
    recurring: { startMs: -FIRST_STARTED_AGO_MS, periodMs: PERIOD_MS, keep: LISTED, make },
  };
}

/** A quarter of a minute without answers, in the middle of a past rollout of the endpoint that always rolls. */
function outage(context: ScenarioContext): PastOutage {
  const [, rollout] = pastRollouts(context, ALWAYS_ROLLING);
  const fromMs = (rollout?.startsAtMs ?? -DAY_MS) + 5 * MS_PER_REPLICA;
  return { fromMs, untilMs: fromMs + 4 * MS_PER_REPLICA, status: 503 };
}

function stuckEndpoint(context: ScenarioContext): ScenarioEndpoint {
  const endpoint = { org: "acme", id: "acme-llama-3.3-70b", arch: "llama-3.3-70b" };
  const script = stall(plan(context, "demo/stuck", { replicas: 16, msPerReplica: 20_000 }), 5);
  return withPast(context, { endpoint, newestVersion: 20, replicas: 16, msPerReplica: 20_000 }, [
    scripted(context, {
      endpoint,
      version: 21,
      alias: "support-2026-01",
      startedAgoMs: 47 * MINUTE_MS,
      script,
    }),
  ]);
}

function failedEndpoint(context: ScenarioContext): ScenarioEndpoint {
  const endpoint = { org: "acme", id: "acme-llama3.1-8b", arch: "llama3.1-8b" };
  const script = fail(
    plan(context, "demo/failed", { replicas: 8, msPerReplica: 9000 }),
    3,
    shardMismatch(3, 8),
  );
  return withPast(context, { endpoint, newestVersion: 20, replicas: 8, msPerReplica: 9000 }, [
    scripted(context, {
      endpoint,
      version: 21,
      alias: "router-nightly",
      startedAgoMs: 14 * MINUTE_MS,
      script,
      harm: { failureShare: 0.031, slowness: 2.6 },
    }),
  ]);
}

function justFinished(context: ScenarioContext): ScenarioEndpoint {
  const endpoint = { org: "acme", id: "acme-gpt-oss-120b", arch: "gpt-oss-120b" };
  const script = smooth(plan(context, "demo/finished", { replicas: 20, msPerReplica: 15_000 }));
  return withPast(context, { endpoint, newestVersion: 20, replicas: 20, msPerReplica: 15_000 }, [
    scripted(context, { endpoint, version: 21, alias: "tools-stable", startedAgoMs: 9 * MINUTE_MS, script }),
  ]);
}

/** Answers with the published example's `state: complete`. Its counts are under their usual names. */
function likeTheExample(context: ScenarioContext): ScenarioEndpoint {
  const created = secondsAgo(context, 11 * DAY_MS);
  const deployment = raw({
    id: "550e8400-e29b-41d4-a716-446655440000",
    model: "orgs/acme/models/llama-3.3-70b/versions/1",
    version_alias: "production-jan-12-2026-finetuned",
    created,
    state: "complete",
    updated_replicas: 6,
    total_replicas: 6,
    max_unavailable: 1,
  });
  const endpoint = { org: "acme", id: "acme-llama-3.3-70b-legal", arch: "llama-3.3-70b" };
  return {
    ...endpoint,
    // A raw deployment is in every reply, so the endpoint cannot be older than it.
    created,
    updated: created,
    deployments: [deployment],
  };
}

/** Rolled back two hours ago. */
function rolledBack(context: ScenarioContext): ScenarioEndpoint {
  const endpoint = { org: "acme", id: "acme-llama3.1-8b-embed", arch: "llama3.1-8b" };
  const script = rollBackCompletely(
    plan(context, "demo/rolled-back", { replicas: 6, msPerReplica: 12_000 }),
    4,
  );
  return withPast(context, { endpoint, newestVersion: 14, replicas: 6, msPerReplica: 12_000 }, [
    scripted(context, {
      endpoint,
      version: 15,
      alias: "v15",
      startedAgoMs: 120 * MINUTE_MS,
      script,
      harm: { failureShare: 0.012, slowness: 3 },
    }),
  ]);
}

function quiet(
  context: ScenarioContext,
  id: string,
  arch: string,
  newestVersion: number,
  replicas: number,
): ScenarioEndpoint {
  const endpoint = { org: "acme", id, arch };
  return {
    ...withPast(context, { endpoint, newestVersion, replicas, msPerReplica: 15_000 }, []),
    created: secondsAgo(context, 60 * DAY_MS),
  };
}

/** The given deployments on top of those of the past. */
function withPast(
  context: ScenarioContext,
  past: PastOfEndpoint,
  deployments: readonly ScriptedDeployment[],
): ScenarioEndpoint {
  return {
    ...past.endpoint,
    created: secondsAgo(context, 90 * DAY_MS),
    deployments: [...deployments, ...pastRollouts(context, past)],
    listed: LISTED,
  };
}

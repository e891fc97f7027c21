import type { Plan } from "./build-script";
import type { JsonObject, JsonValue } from "./json";
import { seededRandom, seededUuid } from "./random";
import type { Script } from "./script";

/** How much a rollout hurts callers while it moves: the added share of failures, and the factor on waiting times. */
export type Harm = { readonly failureShare: number; readonly slowness: number };

/** A deployment whose state follows a script. `startsAtMs` is virtual time; below 0 is before the start. */
export type ScriptedDeployment = {
  readonly kind: "scripted";
  readonly id: string;
  readonly model: string;
  readonly versionAlias: string;
  readonly startsAtMs: number;
  readonly script: Script;
  /** What callers feel while it moves; left out, nothing. */
  readonly harm?: Harm;
};

/** A deployment served exactly as written. */
export type RawDeployment = { readonly kind: "raw"; readonly value: JsonValue };

export type Deployment = ScriptedDeployment | RawDeployment;

/** Deployments without end: number n begins at `startMs + n × periodMs`; the newest `keep` are listed. */
export type Recurring = {
  readonly startMs: number;
  readonly periodMs: number;
  readonly keep: number;
  readonly make: (n: number) => ScriptedDeployment;
};

export type ScenarioEndpoint = {
  readonly id: string;
  readonly org: string;
  readonly arch: string;
  /** Unix seconds, or whatever a scenario wants to be served. */
  readonly created: JsonValue;
  /** Unix seconds; left out, it is the newest deployment's `created`. */
  readonly updated?: JsonValue;
  /** Newest first. */
  readonly deployments: readonly Deployment[];
  readonly recurring?: Recurring;
  /** How many of the newest deployments are listed; left out, all are. */
  readonly listed?: number;
};

/** A stretch of the past (virtual ms, below 0) in which the upstream answered with `status` only. */
export type PastOutage = { readonly fromMs: number; readonly untilMs: number; readonly status: number };

/** An incident that the status page reports: `startedAgoMs` before the scenario's start. */
export type OpenIncident = {
  readonly name: string;
  readonly status: "investigating" | "identified" | "monitoring";
  readonly impact: "none" | "minor" | "major" | "critical";
  readonly startedAgoMs: number;
};

export type Stage = {
  readonly orgs: readonly string[];
  readonly endpoints: readonly ScenarioEndpoint[];
  readonly pastOutages?: readonly PastOutage[];
  /** What the status page reports from the start; left out, nothing. */
  readonly incidents?: readonly OpenIncident[];
};

export type Scenario = {
  readonly name: string;
  readonly about: string;
  readonly build: (context: ScenarioContext) => Stage;
};

/** What a scenario may depend on: the seed and the moment (epoch ms) at which it is started. */
export type ScenarioContext = { readonly seed: number; readonly startedAtMs: number };

export const SOLO = { org: "acme", id: "acme-qwen-3-32b", arch: "qwen-3-32b" };

const DAY_MS = 86_400_000;

/** A stage of one organization (`acme`) with one endpoint (`acme-qwen-3-32b`). */
export function soloStage(context: ScenarioContext, deployments: readonly Deployment[]): Stage {
  return {
    orgs: [SOLO.org],
    endpoints: [{ ...SOLO, created: secondsAgo(context, 90 * DAY_MS), deployments }],
  };
}

/** Unix seconds, `agoMs` before the scenario's start. */
export function secondsAgo(context: ScenarioContext, agoMs: number): number {
  return Math.floor((context.startedAtMs - agoMs) / 1000);
}

/** A plan whose jitter depends on the seed and the label alone. */
export function plan(context: ScenarioContext, label: string, overrides: Partial<Plan> = {}): Plan {
  return {
    random: seededRandom(`${context.seed}/${label}`),
    replicas: 12,
    maxUnavailable: 2,
    msPerReplica: 6000,
    ...overrides,
  };
}

export type ScriptedOptions = {
  readonly endpoint?: { readonly org: string; readonly id: string; readonly arch: string };
  readonly version: number;
  readonly alias?: string;
  readonly startedAgoMs?: number;
  readonly script: Script;
  readonly harm?: Harm | undefined;
};

/** A scripted deployment of `version` onto an endpoint (by default the solo one), with a seeded id. */
export function scripted(context: ScenarioContext, options: ScriptedOptions): ScriptedDeployment {
  const { org, id, arch } = options.endpoint ?? SOLO;
  return {
    kind: "scripted",
    id: seededUuid(`${context.seed}/${id}/${options.version}`),
    model: `orgs/${org}/models/${arch}/versions/${options.version}`,
    versionAlias: options.alias ?? String(options.version),
    startsAtMs: -(options.startedAgoMs ?? 0),
    script: options.script,
    ...(options.harm === undefined ? {} : { harm: options.harm }),
  };
}

/** A deployment served verbatim. */
export function raw(value: JsonObject): RawDeployment {
  return { kind: "raw", value };
}

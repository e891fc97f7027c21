import { settled, smooth } from "../build-script";
import type { Scenario, ScenarioContext, ScriptedDeployment } from "../scenario";
import { plan, scripted, soloStage } from "../scenario";

const DAY_MS = 86_400_000;
const DONE = { status: "done", updated: 12, total: 12, maxUnavailable: 2, errorMessage: null };

/** The version that was there before: 7, done on all 12 replicas for five days. */
export function previousVersion(context: ScenarioContext): ScriptedDeployment {
  const script = settled(DONE);
  return scripted(context, { version: 7, alias: "v7-stable", startedAgoMs: 5 * DAY_MS, script });
}

export const steady: Scenario = {
  name: "steady",
  about: "One endpoint, version 8 done on 12 of 12 replicas for a day.",
  build: (context) => {
    const script = settled(DONE);
    return soloStage(context, [
      scripted(context, { version: 8, alias: "v8-canary", startedAgoMs: DAY_MS, script }),
    ]);
  },
};

export const smoothRollout: Scenario = {
  name: "smooth",
  about: "Version 8 rolls onto 12 replicas, about 6 s each, from not_started to done; version 7 was before.",
  build: (context) => soloStage(context, [rolling(context, 6000), previousVersion(context)]),
};

export const slow: Scenario = {
  name: "slow",
  about: "The same rollout at two minutes a replica.",
  build: (context) => soloStage(context, [rolling(context, 120_000), previousVersion(context)]),
};

export const nothingDeployed: Scenario = {
  name: "nothing-deployed",
  about: "An endpoint whose list of deployments is empty.",
  build: (context) => soloStage(context, []),
};

export const noEndpoints: Scenario = {
  name: "no-endpoints",
  about: "The organization acme, with no endpoint at all.",
  build: () => ({ orgs: ["acme"], endpoints: [] }),
};

function rolling(context: ScenarioContext, msPerReplica: number): ScriptedDeployment {
  const script = smooth(plan(context, "v8", { msPerReplica }));
  return scripted(context, { version: 8, alias: "v8-canary", script });
}

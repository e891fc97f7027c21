import { settled } from "../build-script";
import type { Scenario, ScenarioContext, ScenarioEndpoint } from "../scenario";
import { raw, scripted, secondsAgo, SOLO, soloStage } from "../scenario";
import type { DeploymentState } from "../script";
import { shardMismatch } from "./error-messages";
import { previousVersion } from "./solo";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const UNKNOWN_STATUS = "draining_pods";

const STATES: readonly (DeploymentState & { readonly status: string })[] = [
  { status: "not_started", updated: 0 },
  { status: "in_progress", updated: 7 },
  { status: "rolling_back", updated: 6 },
  { status: "rolled_back", updated: 0 },
  { status: "done", updated: 12 },
  { status: "error", updated: 7, errorMessage: shardMismatch(7, 12) },
  { status: "cancelled", updated: 4 },
  { status: UNKNOWN_STATUS, updated: 9 },
];

export const everyStatus: Scenario = {
  name: "every-status",
  about: "One endpoint per status, acme-not-started to acme-unknown; none of them moves.",
  build: (context) => ({ orgs: ["acme"], endpoints: STATES.map((state) => frozen(context, state)) }),
};

export const unknownStatus: Scenario = {
  name: "unknown-status",
  about: `A status word that is not documented: ${UNKNOWN_STATUS}, 9 of 12.`,
  build: (context) => {
    const script = settled({ status: UNKNOWN_STATUS, updated: 9, total: 12, maxUnavailable: 2 });
    const eight = scripted(context, { version: 8, startedAgoMs: 4 * MINUTE_MS, script });
    return soloStage(context, [eight, previousVersion(context)]);
  },
};

export const missingCounts: Scenario = {
  name: "missing-counts",
  about: "In progress, with no count of replicas at all.",
  build: (context) => {
    const script = settled({ status: "in_progress" });
    return soloStage(context, [scripted(context, { version: 8, startedAgoMs: 4 * MINUTE_MS, script })]);
  },
};

export const sevenOfFive: Scenario = {
  name: "seven-of-five",
  about: "In progress, 7 updated replicas of 5.",
  build: (context) => {
    const script = settled({ status: "in_progress", updated: 7, total: 5, maxUnavailable: 1 });
    return soloStage(context, [scripted(context, { version: 8, startedAgoMs: 4 * MINUTE_MS, script })]);
  },
};

export const publishedExample: Scenario = {
  name: "published-example",
  about:
    "The reference's own example to the letter: my-org-llama-3.3-70b of my-org, state complete, no counts.",
  build: () => {
    const deployment = raw({
      id: "550e8400-e29b-41d4-a716-446655440000",
      model: "orgs/my-org/models/llama-3.3-70b/versions/1",
      version_alias: "production-jan-12-2026-finetuned",
      created: 1_736_700_000,
      state: "complete",
    });
    const endpoint = { id: "my-org-llama-3.3-70b", org: "my-org", arch: "llama-3.3-70b" };
    const times = { created: 1_736_600_000, updated: 1_736_700_000 };
    return { orgs: ["my-org", "acme"], endpoints: [{ ...endpoint, ...times, deployments: [deployment] }] };
  },
};

function frozen(
  context: ScenarioContext,
  state: DeploymentState & { readonly status: string },
): ScenarioEndpoint {
  const name = state.status === UNKNOWN_STATUS ? "unknown" : state.status.replaceAll("_", "-");
  const endpoint = { org: SOLO.org, id: `acme-${name}`, arch: SOLO.arch };
  const script = settled({ total: 12, maxUnavailable: 2, errorMessage: null, ...state });
  const deployment = scripted(context, { endpoint, version: 8, startedAgoMs: 6 * MINUTE_MS, script });
  return { ...endpoint, created: secondsAgo(context, 90 * DAY_MS), deployments: [deployment] };
}

import type { JsonObject } from "../json";
import { seededUuid } from "../random";
import type { RawDeployment, Scenario, ScenarioContext } from "../scenario";
import { raw, secondsAgo, SOLO } from "../scenario";

const DAY_MS = 86_400_000;
const COUNTS = { updated_replicas: 7, total_replicas: 12, max_unavailable: 2 };

/** What each deployment has that it should not have, or lacks; version 1 is the first. */
const ODDITIES: readonly JsonObject[] = [
  { ...COUNTS, version_alias: "negative", updated_replicas: -3, max_unavailable: -1 },
  { ...COUNTS, version_alias: "float", updated_replicas: 7.5, total_replicas: 12.25 },
  { version_alias: "numeric-string", updated_replicas: "7", total_replicas: "12", max_unavailable: " 2 " },
  { version_alias: "word-string", updated_replicas: "seven", total_replicas: "", max_unavailable: "NaN" },
  {
    version_alias: "null",
    updated_replicas: null,
    total_replicas: null,
    max_unavailable: null,
    error_message: null,
  },
  { ...COUNTS, version_alias: "huge", updated_replicas: 1e308, total_replicas: Number.MAX_SAFE_INTEGER },
  { version_alias: "total-zero", updated_replicas: 0, total_replicas: 0, max_unavailable: 0 },
  { version_alias: "over-unavailable", updated_replicas: 1, total_replicas: 4, max_unavailable: 9 },
  {
    version_alias: "wrong-types",
    updated_replicas: true,
    total_replicas: [12],
    max_unavailable: {},
    model: 8,
  },
  { ...COUNTS, version_alias: "status-null", rollout_status: null },
  { ...COUNTS, version_alias: "status-number", rollout_status: 3 },
  { ...COUNTS, version_alias: "status-empty", rollout_status: "" },
  { ...COUNTS, version_alias: "status-shouted", rollout_status: "IN_PROGRESS" },
  { ...COUNTS, version_alias: "two-statuses", rollout_status: "in_progress", state: "complete" },
  { ...COUNTS, version_alias: 16 },
  { ...COUNTS, version_alias: "model-unparsable", model: "my-model-without-a-path" },
  { ...COUNTS, version_alias: "error-object", error_message: { code: 7, text: "not a string" } },
  { ...COUNTS, version_alias: "created-text", created: "2026-01-12T14:02:00Z" },
  { ...COUNTS, version_alias: "created-negative", created: -1 },
  { ...COUNTS, version_alias: "created-zero", created: 0 },
  {
    ...COUNTS,
    version_alias: "extra-fields",
    phase: "warm",
    replicas: [{ id: "r1", ready: true }],
    region: "us",
  },
  {
    version_alias: "other-words",
    num_updated_replicas: 7,
    num_total_replicas: 12,
    max_unavailable_replicas: 2,
  },
  {
    version_alias: "reversed-words",
    replicas_updated: 7,
    replicas_total: 12,
    error: "an error under another name",
  },
];

export const oddFields: Scenario = {
  name: "odd-fields",
  about: "Every field missing or odd across many deployments; a second endpoint is odd itself.",
  build: (context) => {
    const deployments = [
      ...special(context),
      ...ODDITIES.map((odd, index) => oddDeployment(context, index + 1, odd)),
    ];
    const odd = { org: SOLO.org, id: "acme-odd-endpoint", arch: "" };
    return {
      orgs: [SOLO.org],
      endpoints: [
        { ...SOLO, created: secondsAgo(context, 90 * DAY_MS), deployments },
        { ...odd, created: "yesterday", updated: null, deployments: [raw({})] },
      ],
    };
  },
};

/** Those that need the moment of the start, or that lack what all the others have. */
function special(context: ScenarioContext): RawDeployment[] {
  const twin = seededUuid(`${context.seed}/odd-fields/twin`);
  const inAnHour = secondsAgo(context, -3_600_000);
  return [
    oddDeployment(context, 31, { ...COUNTS, version_alias: "created-in-future", created: inAnHour }),
    oddDeployment(context, 32, { ...COUNTS, version_alias: "created-in-ms", created: context.startedAtMs }),
    oddDeployment(context, 33, { ...COUNTS, version_alias: "twin-a", id: twin }),
    oddDeployment(context, 34, { ...COUNTS, version_alias: "twin-b", id: twin, updated_replicas: 3 }),
    camelCase(context),
    raw({ version_alias: "no-id", model: "orgs/acme/models/qwen-3-32b/versions/36", rollout_status: "done" }),
    raw({ id: 37, version_alias: "id-number", rollout_status: "done" }),
    raw({ id: seededUuid(`${context.seed}/odd-fields/38`) }),
    raw({}),
  ];
}

function oddDeployment(context: ScenarioContext, version: number, odd: JsonObject): RawDeployment {
  return raw({
    id: seededUuid(`${context.seed}/odd-fields/${version}`),
    model: `orgs/acme/models/qwen-3-32b/versions/${version}`,
    created: secondsAgo(context, (40 - version) * 60_000),
    rollout_status: "in_progress",
    ...odd,
  });
}

function camelCase(context: ScenarioContext): RawDeployment {
  return raw({
    id: seededUuid(`${context.seed}/odd-fields/35`),
    model: "orgs/acme/models/qwen-3-32b/versions/35",
    versionAlias: "camel-case",
    created: secondsAgo(context, 300_000),
    rolloutStatus: "in_progress",
    updatedReplicas: 7,
    totalReplicas: 12,
    maxUnavailable: 2,
    errorMessage: "an error in camel case",
  });
}

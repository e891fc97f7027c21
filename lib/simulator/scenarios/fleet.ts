import type { Plan } from "../build-script";
import { fail, rollBack, settled, smooth, stall } from "../build-script";
import type { Scenario, ScenarioContext, ScenarioEndpoint } from "../scenario";
import { plan, scripted, secondsAgo } from "../scenario";
import type { Script } from "../script";
import { OUT_OF_CAPACITY } from "./error-messages";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const ARCHITECTURES = [
  "llama-3.3-70b",
  "qwen-3-32b",
  "gpt-oss-120b",
  "llama3.1-8b",
  "qwen-3-235b-a22b-instruct-2507",
  "zai-glm-4.6",
];
const PURPOSES = ["", "-search", "-support", "-batch"];
const SIZES = [
  { org: "acme", count: 20 },
  { org: "globex", count: 12 },
  { org: "initech", count: 8 },
];

/** What happens on which endpoint; all the others are done. Order is the order of creation. */
const EVENTS: Readonly<Record<number, { startedAgoMs: number; script: (given: Plan) => Script }>> = {
  1: { startedAgoMs: 4 * MINUTE_MS, script: (given) => smooth({ ...given, msPerReplica: 20_000 }) },
  8: { startedAgoMs: 50 * MINUTE_MS, script: (given) => stall(given, 3) },
  15: { startedAgoMs: 12 * MINUTE_MS, script: (given) => fail(given, 2, OUT_OF_CAPACITY) },
  23: { startedAgoMs: MINUTE_MS, script: (given) => smooth({ ...given, msPerReplica: 15_000 }) },
  30: { startedAgoMs: 3 * MINUTE_MS, script: (given) => rollBack({ ...given, msPerReplica: 30_000 }, 4, 0) },
  36: {
    startedAgoMs: 7 * MINUTE_MS,
    script: ({ replicas }) =>
      settled({ status: "draining_pods", updated: 1, total: replicas, maxUnavailable: 1 }),
  },
};

export const fleet: Scenario = {
  name: "fleet",
  about:
    "40 endpoints of acme, globex and initech: two rolling, one each stuck, failed, rolling back, unknown.",
  build: (context) => {
    const places = SIZES.flatMap(({ org, count }) =>
      Array.from({ length: count }, (_, index) => ({ org, index })),
    );
    return {
      orgs: SIZES.map(({ org }) => org),
      endpoints: places.map(({ org, index }, place) => fleetEndpoint(context, org, index, place)),
    };
  },
};

function fleetEndpoint(
  context: ScenarioContext,
  org: string,
  index: number,
  place: number,
): ScenarioEndpoint {
  const arch = ARCHITECTURES[index % ARCHITECTURES.length] ?? "";
  const purpose = PURPOSES[Math.floor(index / ARCHITECTURES.length)] ?? "";
  const endpoint = { org, id: `${org}-${arch}${purpose}`, arch };
  const given = plan(context, `fleet/${endpoint.id}`);
  const event = EVENTS[place];
  // Quiet endpoints have between 4 and 48, in fours, the same for the same seed.
  const quietReplicas = 4 * (1 + Math.floor(given.random() * 12));
  const replicas = event === undefined ? quietReplicas : 24;
  const version = 2 + Math.floor(given.random() * 30);
  const quietMs = Math.round((1 + given.random() * 40) * DAY_MS);
  const done = settled({
    status: "done",
    updated: replicas,
    total: replicas,
    maxUnavailable: 1,
    errorMessage: null,
  });
  const before = scripted(context, { endpoint, version, startedAgoMs: quietMs, script: done });
  const now =
    event === undefined
      ? []
      : [
          scripted(context, {
            endpoint,
            version: version + 1,
            alias: `v${version + 1}-canary`,
            startedAgoMs: event.startedAgoMs,
            script: event.script({ ...given, replicas, maxUnavailable: 1 }),
          }),
        ];
  return { ...endpoint, created: secondsAgo(context, quietMs + 30 * DAY_MS), deployments: [...now, before] };
}

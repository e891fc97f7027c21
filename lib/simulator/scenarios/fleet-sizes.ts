import { fail, settled, smooth } from "../build-script";
import type { Scenario, ScenarioContext, ScenarioEndpoint } from "../scenario";
import { plan, scripted, secondsAgo } from "../scenario";
import { OUT_OF_CAPACITY } from "./error-messages";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const SIZES = [1, 6, 24, 40, 60, 1000];
const ORGS = ["acme", "globex", "initech"];
const ARCHITECTURES = ["llama-3.3-70b", "qwen-3-32b", "gpt-oss-120b", "llama3.1-8b", "zai-glm-4.6"];

/** What happens on the middle endpoint; the others are done and stay so. */
type Variation = "quiet" | "rolling" | "failing";

const VARIATIONS: readonly { variation: Variation; suffix: string; about: string }[] = [
  { variation: "quiet", suffix: "", about: "all done" },
  { variation: "rolling", suffix: "-rolling", about: "one rolling, the others done" },
  { variation: "failing", suffix: "-failing", about: "one failed, the others done" },
];

/** `fleet-6`, `fleet-6-rolling`, `fleet-6-failing` and so on: fleets of a size, for pictures and figures. */
export const fleetSizes: readonly Scenario[] = SIZES.flatMap((size) =>
  VARIATIONS.map(({ variation, suffix, about }) => ({
    name: `fleet-${size}${suffix}`,
    about: `${size === 1 ? "1 endpoint" : `${size} endpoints`} of up to three organizations: ${about}.`,
    build: (context: ScenarioContext) => ({
      orgs: ORGS,
      endpoints: Array.from({ length: size }, (_, place) =>
        sizedEndpoint(context, place, place === Math.floor(size / 2) ? variation : "quiet"),
      ),
    }),
  })),
);

function sizedEndpoint(context: ScenarioContext, place: number, variation: Variation): ScenarioEndpoint {
  const org = ORGS[place % ORGS.length] ?? "";
  const arch = ARCHITECTURES[Math.floor(place / ORGS.length) % ARCHITECTURES.length] ?? "";
  const number = String(place + 1).padStart(3, "0");
  const endpoint = { org, id: `${org}-${arch}-${number}`, arch };
  const given = plan(context, `fleet-sizes/${endpoint.id}`, { maxUnavailable: 1, msPerReplica: 20_000 });
  const replicas = 4 * (1 + Math.floor(given.random() * 12));
  const version = 2 + Math.floor(given.random() * 30);
  const quietMs = Math.round((1 + given.random() * 40) * DAY_MS);
  const done = { status: "done", updated: replicas, total: replicas, maxUnavailable: 1, errorMessage: null };
  const before = scripted(context, { endpoint, version, startedAgoMs: quietMs, script: settled(done) });
  const created = secondsAgo(context, quietMs + 30 * DAY_MS);
  if (variation === "quiet") return { ...endpoint, created, deployments: [before] };
  const now = scripted(context, {
    endpoint,
    version: version + 1,
    alias: `v${version + 1}-canary`,
    startedAgoMs: variation === "rolling" ? 4 * MINUTE_MS : 12 * MINUTE_MS,
    script:
      variation === "rolling"
        ? smooth({ ...given, replicas: 24 })
        : fail({ ...given, replicas: 24 }, 2, OUT_OF_CAPACITY),
  });
  return { ...endpoint, created, deployments: [now, before] };
}

/** `one-org-40` and `one-org-1000`: idle fleets that one listing names. */
export const oneOrganization: readonly Scenario[] = [40, 1000].map((size) => ({
  name: `one-org-${size}`,
  about: `${size} endpoints of one organization: all done.`,
  build: (context: ScenarioContext) => ({
    orgs: ["acme"],
    endpoints: Array.from({ length: size }, (_, place) =>
      sizedEndpoint(context, place * ORGS.length, "quiet"),
    ),
  }),
}));

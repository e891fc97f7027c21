import type { Simulation } from "../simulation";
import type { Answer } from "./answer";
import { json, problem } from "./answer";
import { deployModel } from "./deploy-model";
import { endpointList, endpointStatus } from "./endpoints";
import { organizationMetrics } from "./metrics";
import { unresolvedIncidents } from "./incidents";
import { modelArchitectures, modelVersion, modelVersions } from "./model-versions";

/** A request to the upstream API; `rawPath` is the request target exactly as received. */
export type UpstreamRequest = {
  readonly method: string;
  readonly rawPath: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

type Route = {
  readonly method: "GET" | "POST";
  readonly pattern: RegExp;
  /** Whose bearer key it takes; left out, the management API's. */
  readonly access?: "inference" | "public";
  readonly answer: (simulation: Simulation, parts: readonly string[], body: string) => Answer;
};

const ROUTES: readonly Route[] = [
  { method: "GET", pattern: /^\/management\/v1\/orgs\/([^/]+)\/endpoints$/, answer: endpointList },
  { method: "POST", pattern: /^\/management\/v1\/endpoints\/([^/]+):deployModel$/, answer: deployModel },
  { method: "GET", pattern: /^\/management\/v1\/endpoints\/([^/]+)$/, answer: endpointStatus },
  { method: "GET", pattern: /^\/management\/v1\/orgs\/([^/]+)\/models$/, answer: modelArchitectures },
  {
    method: "GET",
    pattern: /^\/management\/v1\/orgs\/([^/]+)\/models\/([^/]+)\/versions$/,
    answer: modelVersions,
  },
  {
    method: "GET",
    pattern: /^\/management\/v1\/orgs\/([^/]+)\/models\/([^/]+)\/versions\/([^/]+)$/,
    answer: modelVersion,
  },
  {
    method: "GET",
    pattern: /^\/api\/v1\/metrics\/organizations\/([^/]+)$/,
    access: "inference",
    answer: organizationMetrics,
  },
  {
    method: "GET",
    pattern: /^\/api\/v2\/incidents\/unresolved\.json$/,
    access: "public",
    answer: unresolvedIncidents,
  },
];

/** Responds as the documented API does. Never throws for any path or body. */
export function answerUpstream(simulation: Simulation, request: UpstreamRequest): Answer {
  const path = request.rawPath.split("?", 1)[0] ?? "";
  const matching = ROUTES.filter((route) => route.pattern.test(path));
  const access = matching[0]?.access ?? "management";
  const keys = { management: simulation.acceptedKeys, inference: simulation.inferenceKeys };
  if (access !== "public" && !isAccepted(keys[access], request.authorization)) {
    return json({ detail: `Invalid or missing ${access} API key` }, 401, { "www-authenticate": "Bearer" });
  }
  if (matching.length === 0) return problem(404);
  const route = matching.find(({ method }) => method === request.method);
  if (route === undefined) return problem(405);
  const parts = (route.pattern.exec(path) ?? []).slice(1).map(decodePart);
  return route.answer(simulation, parts, request.body);
}

function isAccepted(keys: ReadonlySet<string>, authorization: string | undefined): boolean {
  const key = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  return key !== undefined && keys.has(key);
}

/** Percent-decodes once; what cannot be decoded names nothing and is kept as it is. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

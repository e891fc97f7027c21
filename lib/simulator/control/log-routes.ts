import { z } from "zod";
import { readPastMetrics } from "../past-metrics";
import { readPast } from "../past";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

const DAY_MS = 86_400_000;

const wholeNumber = z.coerce.number().int().min(0);
const requestsQuery = z.strictObject({
  since: wholeNumber.default(0),
  limit: wholeNumber.default(100_000),
});
const countQuery = z.strictObject({ path: z.string().default("") });
const pastQuery = z.strictObject({ days: z.coerce.number().positive().max(365).default(30) });
const changesQuery = z.strictObject({ since: wholeNumber.default(0) });

/** The requests to the upstream API, and the changes in what it serves. */
export const logRoutes: readonly ControlRoute[] = [
  { method: "GET", pattern: /^\/requests$/, handle: listRequests },
  { method: "GET", pattern: /^\/requests\/count$/, handle: countRequests },
  { method: "DELETE", pattern: /^\/requests$/, handle: clearRequests },
  { method: "GET", pattern: /^\/changes$/, handle: listChanges },
  { method: "GET", pattern: /^\/past$/, handle: tellPast },
];

function listRequests({ simulation, query }: ControlRequest): object {
  const { since, limit } = parse(requestsQuery, query);
  return { requests: simulation.requests.list(since, limit) };
}

function countRequests({ simulation, query }: ControlRequest): object {
  const counts = simulation.requests.counts(parse(countQuery, query).path);
  return { total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts };
}

function clearRequests({ simulation }: ControlRequest): object {
  simulation.requests.clear();
  return { at: Date.now() };
}

function listChanges({ simulation, query }: ControlRequest): object {
  return { changes: simulation.changes().list(parse(changesQuery, query).since) };
}

function tellPast({ simulation, query }: ControlRequest): object {
  const spanMs = parse(pastQuery, query).days * DAY_MS;
  return {
    ...readPast(simulation.world, simulation.clock, spanMs),
    metrics: readPastMetrics(simulation, spanMs),
  };
}

import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { endpointEventSchema } from "./event";
import { instantSchema } from "./instant";
import { countSchema, rolloutViewSchema, statusSchema } from "./rollout-view";

/** Counts first seen at `from` that held until `until`, when they were last seen or had changed. */
const pointSchema = z.object({
  from: instantSchema,
  until: instantSchema,
  status: statusSchema,
  updatedReplicas: countSchema,
  totalReplicas: countSchema,
  maxUnavailable: countSchema,
});

/** A period without a successful poll; `until` is null while it lasts. */
const gapSchema = z.object({
  from: instantSchema,
  until: z.nullable(instantSchema),
  cause: z.nullable(z.object({ code: z.enum(causeCodes), message: z.string() })),
});

const changeSchema = z.object({
  field: z.enum([
    "status",
    "reportedStatus",
    "updatedReplicas",
    "totalReplicas",
    "maxUnavailable",
    "errorMessage",
  ]),
  from: z.nullable(z.union([z.string(), z.number()])),
  to: z.nullable(z.union([z.string(), z.number()])),
});

/** A change after `after` and no later than `before`. Error messages are shortened to 100 characters. */
const transitionSchema = z.object({
  after: z.nullable(instantSchema),
  before: instantSchema,
  changes: z.array(changeSchema),
  /** The number of other error messages in between, which were not kept; absent if there were none. */
  messagesBetween: z.optional(z.int()),
});

/**
 * A rollout in a list. `previousVersion`: that of the newest older rollout that was done. `lowestGuaranteedReplicas`:
 * the fewest replicas guaranteed to serve at any moment of the rollout. `usualSeconds`: the median duration of those of
 * the ten rollouts before it that succeeded; null if none of them was seen to end.
 */
const rolloutSummarySchema = z.extend(rolloutViewSchema, {
  previousVersion: z.nullable(z.string()),
  lowestGuaranteedReplicas: countSchema,
  usualSeconds: z.nullable(z.number()),
});

export type RolloutSummary = z.infer<typeof rolloutSummarySchema>;

/** Another rollout of the same endpoint. */
const otherRolloutSchema = z.nullable(
  z.object({ deploymentId: z.string(), version: z.nullable(z.string()) }),
);

/**
 * How many first entries of each list are unchanged. `transitions` holds at most 2,000: where the oldest have left it since,
 * the entries that stayed are counted.
 */
const keptSchema = z.object({ points: z.int(), gaps: z.int(), transitions: z.int(), conclusions: z.int() });

/**
 * How long this rollout and those before it took, oldest first: at most 20 that succeeded and were seen to end.
 * `usualSeconds` is their median, and `message` says whether they are getting slower.
 */
const durationsSchema = z.object({
  rollouts: z.array(
    z.object({ deploymentId: z.string(), version: z.nullable(z.string()), seconds: z.number() }),
  ),
  usualSeconds: z.number(),
  message: z.string(),
});

/**
 * `points` are reduced to what a chart can show: a very long rollout keeps every change of status, every extreme and
 * every gap, but not every count; `…/series.csv` has them all. `transitions` are the newest of `transitionsTotal`.
 * `conclusions` are the moments at which a condition began to hold, of rollouts with at most 200 observations.
 * `older` and `newer` are its neighbors in the list; `lastDone` is the newest of the ten before it that succeeded and
 * was seen to end.
 */
export const rolloutDetailSchema = z.object({
  endpointId: z.string(),
  rollout: rolloutSummarySchema,
  older: otherRolloutSchema,
  newer: otherRolloutSchema,
  lastDone: otherRolloutSchema,
  /** Absent if none is known. */
  durations: z.optional(durationsSchema),
  points: z.array(pointSchema),
  gaps: z.array(gapSchema),
  transitions: z.array(transitionSchema),
  transitionsTotal: z.int(),
  conclusions: z.array(endpointEventSchema),
  observedAt: z.nullable(instantSchema),
  build: z.string(),
  /** If set, the lists lack their first `kept` entries, which are those of the response with this ETag. */
  since: z.optional(z.string()),
  kept: z.optional(keptSchema),
});

export type RolloutDetail = z.infer<typeof rolloutDetailSchema>;

/** One page of an endpoint's rollouts, newest first. `nextCursor` is null on the last page. */
export const rolloutListSchema = z.object({
  rollouts: z.array(rolloutSummarySchema),
  nextCursor: z.nullable(z.string()),
});

export type RolloutList = z.infer<typeof rolloutListSchema>;

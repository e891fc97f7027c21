import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { instantSchema } from "./instant";
import { countSchema, rolloutViewSchema, statusSchema } from "./rollout-view";

/** Counts that were seen at `from` and held until `until`, when they were last seen or others were seen. */
const pointSchema = z.object({
  from: instantSchema,
  until: instantSchema,
  status: statusSchema,
  updatedReplicas: countSchema,
  totalReplicas: countSchema,
  maxUnavailable: countSchema,
});

/** A stretch without a good observation; `until` is null while it lasts. */
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

/** What differs between two observations; error messages are shortened to 100 characters here: after `after` and no later than `before`. */
const transitionSchema = z.object({
  after: z.nullable(instantSchema),
  before: instantSchema,
  changes: z.array(changeSchema),
  /** Other error messages that came in between and were not kept; left out where there were none. */
  messagesBetween: z.optional(z.int()),
});

/**
 * A rollout among others: from which version it led away (the newest older one that was done), and the
 * lowest number of replicas that were guaranteed to serve at any moment of it.
 */
const rolloutSummarySchema = z.extend(rolloutViewSchema, {
  previousVersion: z.nullable(z.string()),
  lowestGuaranteedReplicas: countSchema,
});

export type RolloutSummary = z.infer<typeof rolloutSummarySchema>;

/**
 * `points` are those that a chart can show: of a very long rollout no change of status, no extreme and no
 * gap is left out, but not every count is in; `…/series.csv` has them all. `transitions` are the newest
 * of `transitionsTotal`.
 */
export const rolloutDetailSchema = z.object({
  endpointId: z.string(),
  rollout: rolloutSummarySchema,
  points: z.array(pointSchema),
  gaps: z.array(gapSchema),
  transitions: z.array(transitionSchema),
  transitionsTotal: z.int(),
  observedAt: z.nullable(instantSchema),
  build: z.string(),
});

export type RolloutDetail = z.infer<typeof rolloutDetailSchema>;

/** One page of an endpoint's rollouts, newest first. `nextCursor` is null on the last page. */
export const rolloutListSchema = z.object({
  rollouts: z.array(rolloutSummarySchema),
  nextCursor: z.nullable(z.string()),
});

export type RolloutList = z.infer<typeof rolloutListSchema>;

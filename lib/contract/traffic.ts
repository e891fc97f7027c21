import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { instantSchema } from "./instant";

const figureSchema = z.nullable(z.number());

/** Percentiles in seconds. */
const percentilesSchema = z.object({ p50Seconds: figureSchema, p95Seconds: figureSchema });

/** What callers felt in the minute that began at `at`. Null is not reported. */
const trafficMinuteSchema = z.object({
  at: instantSchema,
  requests: figureSchema,
  failures: figureSchema,
  timeToFirstToken: percentilesSchema,
  queueTime: percentilesSchema,
});

/** Several minutes together: sums of requests and failures, and medians of the percentiles of the minutes. */
const trafficWindowSchema = z.object({
  minutes: z.int(),
  requests: figureSchema,
  failures: figureSchema,
  timeToFirstToken: percentilesSchema,
  queueTime: percentilesSchema,
});

/** `observedAt` is the last good reply of the Metrics API; `cause` says why the newest poll failed. */
const trafficSourceSchema = z.object({
  observedAt: z.nullable(instantSchema),
  cause: z.nullable(
    z.object({
      code: z.enum(causeCodes),
      message: z.string(),
      since: instantSchema,
      retryAt: z.nullable(instantSchema),
    }),
  ),
});

/**
 * What callers felt from 30 minutes before a rollout to 30 minutes after its end. `source` is null if no Metrics API is
 * configured. `minutes` are the newest 1,500, oldest first; `isCut`: there are older ones. `before` and `after` hold no
 * minute in which another rollout was under way. `conclusions` are Rollcall's own, and empty where the evidence is not
 * clear. Versions are not separated: while a rollout is under way, old and new replicas are measured together.
 */
export const rolloutTrafficSchema = z.object({
  endpointId: z.string(),
  deploymentId: z.string(),
  source: z.nullable(trafficSourceSchema),
  minutes: z.array(trafficMinuteSchema),
  isCut: z.boolean(),
  before: trafficWindowSchema,
  during: trafficWindowSchema,
  after: trafficWindowSchema,
  conclusions: z.array(z.string()),
});

export type RolloutTraffic = z.infer<typeof rolloutTrafficSchema>;
export type TrafficMinuteView = z.infer<typeof trafficMinuteSchema>;
export type TrafficWindowView = z.infer<typeof trafficWindowSchema>;

import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { fleetAcknowledgementSchema } from "./acknowledgement";
import { instantSchema } from "./instant";
import { providerIncidentsSchema } from "./provider-incidents";
import { rolloutViewSchema, warningSchema } from "./rollout-view";

const causeSchema = z.object({
  code: z.enum(causeCodes),
  message: z.string(),
  since: instantSchema,
  retryAt: z.nullable(instantSchema),
});

const freshnessSchema = z.object({
  state: z.enum(["live", "delayed", "blind"]),
  observedAt: z.nullable(instantSchema),
  cause: z.nullable(causeSchema),
  /**
   * Set if `state` and `Rollcall-Age` count from the listing, which shows that the endpoint has not changed since
   * `observedAt`.
   */
  basis: z.optional(z.literal("listing")),
});

/**
 * The versions behind the current rollout, as the API described them at `readAt`. `movedAlias`: the alias that it was
 * deployed with named version `then`, and names `now` today. `lastGood`: the newest older rollout that was done with
 * another version, and whether that version can still be deployed. Null: there is none, or the API says nothing about it.
 */
const versionsSchema = z.object({
  readAt: z.nullable(instantSchema),
  movedAlias: z.nullable(z.object({ alias: z.string(), then: z.string(), now: z.string() })),
  lastGood: z.nullable(
    z.object({
      deploymentId: z.string(),
      version: z.string(),
      /** As a request to deploy it names it. */
      model: z.string(),
      /** `unknown` stands for one that only a newer build has, too. */
      availability: z.catch(z.enum(["available", "not_synced", "gone", "unknown"]), "unknown"),
      /** The API's own word. */
      syncStatus: z.nullable(z.string()),
    }),
  ),
});

/** One endpoint as every viewer sees it. */
export const endpointViewSchema = z.object({
  endpoint: z.object({
    id: z.string(),
    org: z.nullable(z.string()),
    modelArch: z.nullable(z.string()),
    createdAt: z.nullable(instantSchema),
    updatedAt: z.nullable(instantSchema),
  }),
  /** Deployment id of the rollout with the newest `createdAt`; null when nothing is deployed. */
  current: z.nullable(z.string()),
  rollouts: z.array(rolloutViewSchema),
  warnings: z.array(warningSchema),
  freshness: freshnessSchema,
  /** Absent until the API has described them, and where it does not. */
  versions: z.optional(versionsSchema),
  /** Since when polls have succeeded without a gap. */
  watchedSince: z.nullable(instantSchema),
  /** Set if the Metrics API is asked what callers of this endpoint feel; each rollout’s `…/traffic` has it. */
  hasTraffic: z.optional(z.literal(true)),
  /** On an endpoint's own resource, while the status page reports an open incident; a list has it once, beside it. */
  providerIncidents: z.optional(providerIncidentsSchema),
  nextPollAt: z.nullable(instantSchema),
  build: z.string(),
});

export type EndpointView = z.infer<typeof endpointViewSchema>;

/** What the watcher is doing, and when it polls next. */
const watcherSchema = z.object({
  state: z.enum(["starting", "watching", "stretched", "blind"]),
  message: z.nullable(z.string()),
  nextPollAt: z.nullable(instantSchema),
});

export type WatcherView = z.infer<typeof watcherSchema>;

export const fleetViewSchema = z.object({
  endpoints: z.array(endpointViewSchema),
  /** Their acknowledged failures. */
  acknowledgements: z.array(fleetAcknowledgementSchema),
  watcher: watcherSchema,
  build: z.string(),
  /** While the provider's status page reports an open incident. */
  providerIncidents: z.optional(providerIncidentsSchema),
  /** If set, `endpoints` holds only the endpoints that changed since the response with this ETag. */
  since: z.optional(z.string()),
});

export type FleetView = z.infer<typeof fleetViewSchema>;

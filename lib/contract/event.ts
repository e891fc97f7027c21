import * as z from "zod/mini";

import { instantSchema } from "./instant";
import { countSchema, statusSchema } from "./rollout-view";

/** One line of an endpoint's log: what happened, and the two instants between which it happened. */
export const endpointEventSchema = z.object({
  id: z.string(),
  kind: z.enum([
    "first_seen",
    "status",
    "replicas",
    "total",
    "max_unavailable",
    "error",
    "condition",
    "no_longer_reported",
    "gap",
    "watching_again",
  ]),
  after: z.nullable(instantSchema),
  before: instantSchema,
  deploymentId: z.nullable(z.string()),
  version: z.nullable(z.string()),
  /** The status that the rollout had from then on; null where the event is not about its status. */
  status: z.nullable(statusSchema),
  /** The updated replicas before and after, where the event is a step of theirs; null otherwise. */
  counts: z.nullable(z.object({ from: countSchema, to: countSchema })),
  message: z.string(),
});

export type EndpointEvent = z.infer<typeof endpointEventSchema>;

const fleetEventSchema = z.extend(endpointEventSchema, {
  endpointId: z.string(),
  organization: z.nullable(z.string()),
});

export type FleetEvent = z.infer<typeof fleetEventSchema>;

/**
 * Events of all endpoints, oldest first. `nextCursor` goes on after them, also later, when there are new ones; null
 * before the first. `hasMore`: there are more already.
 */
export const fleetEventListSchema = z.object({
  events: z.array(fleetEventSchema),
  nextCursor: z.nullable(z.string()),
  hasMore: z.boolean(),
});

export type FleetEventList = z.infer<typeof fleetEventListSchema>;

/** An endpoint's newest events, newest first. */
export const eventListSchema = z.object({ events: z.array(endpointEventSchema) });

export type EventList = z.infer<typeof eventListSchema>;

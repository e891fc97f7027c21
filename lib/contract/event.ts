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

/** An endpoint's newest events, newest first. */
export const eventListSchema = z.object({ events: z.array(endpointEventSchema) });

export type EventList = z.infer<typeof eventListSchema>;

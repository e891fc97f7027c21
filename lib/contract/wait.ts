import * as z from "zod/mini";

import { waitExitCodes, type WaitOutcome } from "@/lib/domain/wait";

import { instantSchema } from "./instant";
import { countSchema, statusSchema } from "./rollout-view";

const outcomes: WaitOutcome[] = [
  "done",
  "failed",
  "rolledBack",
  "cancelled",
  "superseded",
  "timedOut",
  "cannotTell",
];

/**
 * How waiting for a rollout ended. `done` stands for as far as `until` asks; `timedOut`: it goes on. `deploymentId` is
 * null if nothing is deployed.
 */
export const waitViewSchema = z.object({
  endpointId: z.string(),
  deploymentId: z.nullable(z.string()),
  version: z.nullable(z.string()),
  outcome: z.enum(outcomes),
  /** That of `rollcall wait`. */
  exitCode: z.literal(Object.values(waitExitCodes)),
  message: z.string(),
  status: z.nullable(statusSchema),
  updatedReplicas: countSchema,
  totalReplicas: countSchema,
  /** The permanent link of the rollout. */
  url: z.nullable(z.string()),
});

export type WaitView = z.infer<typeof waitViewSchema>;

/** When the endpoint is polled next; null: at once. `message` says it for people. */
export const refreshViewSchema = z.object({
  endpointId: z.string(),
  nextPollAt: z.nullable(instantSchema),
  message: z.string(),
});

export type RefreshView = z.infer<typeof refreshViewSchema>;

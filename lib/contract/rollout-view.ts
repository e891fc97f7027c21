import * as z from "zod/mini";

import { displayStates } from "@/lib/domain/display-state";
import { reportableStatuses } from "@/lib/domain/rollout-status";

import { instantSchema } from "./instant";

/** A count as reported; null: not reported. A negative or fractional count has a warning. */
export const countSchema = z.nullable(z.number());

export const statusSchema = z.catch(z.enum([...reportableStatuses, "unknown"]), "unknown");

export const warningSchema = z.object({ code: z.string(), field: z.string(), message: z.string() });

/**
 * Every display state but that of an endpoint on which nothing is deployed. A tab keeps its scripts while the server is
 * replaced: a word that only a newer build has is read as `unknown`.
 */
const displayStateSchema = z.catch(z.enum(displayStates.filter((state) => state !== "nothing")), "unknown");

const conditionSchema = z.object({
  /** `unknown` stands for one that only a newer build has. */
  code: z.catch(z.enum(["stalled", "late", "regressing", "overlapping", "unknown"]), "unknown"),
  message: z.string(),
  since: instantSchema,
  /** Of a stall: the median time that one replica takes here, also where several move at once; null without evidence. */
  usualWaitSeconds: z.optional(z.nullable(z.number())),
  /** What is usual on this endpoint, as words within a sentence; null without evidence. */
  usual: z.optional(z.nullable(z.string())),
});

/**
 * In four of five cases the rollout ends between these. Rounded, and as of the last observation. `evidence` says what
 * they follow from: this rollout until now, and the endpoint's last ones.
 */
const timeLeftSchema = z.object({
  lowSeconds: z.number(),
  highSeconds: z.number(),
  evidence: z.string(),
});

export const rolloutViewSchema = z.object({
  deploymentId: z.string(),
  model: z.nullable(z.string()),
  version: z.nullable(z.string()),
  versionAlias: z.nullable(z.string()),
  createdAt: z.nullable(instantSchema),
  status: statusSchema,
  /** The status, sharpened by what Rollcall concludes: the one word for how the rollout is going. */
  displayState: displayStateSchema,
  reportedStatus: z.nullable(z.string()),
  updatedReplicas: countSchema,
  totalReplicas: countSchema,
  maxUnavailable: countSchema,
  guaranteedReplicas: countSchema,
  errorMessage: z.nullable(z.string()),
  /** Set if the middle of a long error message is left out; the rollout's own resource has the whole message. */
  isErrorMessageShortened: z.optional(z.literal(true)),
  errorSince: z.nullable(instantSchema),
  /** Null without evidence, once the usual time is over, and unless it is rolling out. */
  timeLeft: z.catch(z.nullable(timeLeftSchema), null),
  conditions: z.array(conditionSchema),
  warnings: z.array(warningSchema),
  firstObservedAt: instantSchema,
  /** When it was requested, or first observed if the API does not say or says a later moment. */
  startedAt: instantSchema,
  /** When it was first observed ended; null while it lasts, or if it had ended before the first observation. */
  endedAt: z.nullable(instantSchema),
  noLongerReportedSince: z.nullable(instantSchema),
});

export type RolloutView = z.infer<typeof rolloutViewSchema>;

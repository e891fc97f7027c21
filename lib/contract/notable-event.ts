import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";
import { displayStates } from "@/lib/domain/display-state";
import { outageEventKinds, rolloutEventKinds, type NotableEvent } from "@/lib/domain/notable-event";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { reportableStatuses } from "@/lib/domain/rollout-status";

const instant = z.number();
const count = z.nullable(z.number());

const display: z.ZodType<RolloutDisplay> = z.object({
  version: z.nullable(z.string()),
  status: z.enum([...reportableStatuses, "unknown"]),
  reportedStatus: z.nullable(z.string()),
  displayState: z.enum(displayStates),
  updatedReplicas: count,
  totalReplicas: count,
  errorMessage: z.nullable(z.string()),
  startedAt: instant,
  endedAt: z.nullable(instant),
  timeLeft: z.null(),
  noLongerReportedSince: z.nullable(instant),
});

/** An event as it is stored: the facts from which its messages are worded. */
export const notableEventSchema: z.ZodType<NotableEvent> = z.union([
  z.object({
    kind: z.enum(rolloutEventKinds),
    key: z.string(),
    at: instant,
    notBefore: z.nullable(instant),
    endpointId: z.string(),
    org: z.nullable(z.string()),
    modelArch: z.nullable(z.string()),
    deploymentId: z.string(),
    previousVersion: z.nullable(z.string()),
    display,
    conclusion: z.nullable(z.object({ since: instant, sentence: z.string() })),
  }),
  z.object({
    kind: z.enum(outageEventKinds),
    key: z.string(),
    at: instant,
    org: z.nullable(z.string()),
    from: instant,
    cause: z.object({ code: z.enum(causeCodes), message: z.string() }),
    endpointIds: z.array(z.string()),
    endpointCount: z.number(),
  }),
]);

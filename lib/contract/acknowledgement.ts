import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** An acknowledged failure: who acknowledged it, and when. `by` is null with open access. */
const acknowledgementSchema = z.object({ by: z.nullable(z.string()), at: instantSchema });

/** An acknowledged failure of a fleet. */
export const fleetAcknowledgementSchema = z.extend(acknowledgementSchema, {
  endpointId: z.string(),
  deploymentId: z.string(),
});

export type FleetAcknowledgement = z.infer<typeof fleetAcknowledgementSchema>;

/** Whether the failure of a rollout has been acknowledged; null: it has not. */
export const acknowledgedSchema = z.object({ acknowledgement: z.nullable(acknowledgementSchema) });

export type Acknowledged = z.infer<typeof acknowledgedSchema>;

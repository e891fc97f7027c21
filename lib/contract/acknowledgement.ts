import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** That somebody has seen a failure. `by` is null where everybody may look without saying who they are. */
const acknowledgementSchema = z.object({ by: z.nullable(z.string()), at: instantSchema });

/** An acknowledged failure of a fleet. */
export const fleetAcknowledgementSchema = z.extend(acknowledgementSchema, {
  endpointId: z.string(),
  deploymentId: z.string(),
});

export type FleetAcknowledgement = z.infer<typeof fleetAcknowledgementSchema>;

/** Whether somebody has acknowledged the failure that was asked about. */
export const acknowledgedSchema = z.object({ acknowledgement: z.nullable(acknowledgementSchema) });

export type Acknowledged = z.infer<typeof acknowledgedSchema>;

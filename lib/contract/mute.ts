import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** A week. */
const mostMinutes = 7 * 24 * 60;

/** Mutes the notifications about an endpoint from now on. A duration, so that no clocks need to agree. */
export const muteRequestSchema = z.object({
  minutes: z
    .int("Give the duration in whole minutes.")
    .check(
      z.minimum(1, "Mute for at least a minute."),
      z.maximum(mostMinutes, "Mute for a week (10,080 minutes) at most."),
    ),
});

/** Until when an endpoint is muted, and who muted it. `by` is null with open access. */
const muteSchema = z.object({ until: instantSchema, by: z.nullable(z.string()) });

/** Whether notifications about an endpoint are muted; null: they are not. */
export const mutedSchema = z.object({ mute: z.nullable(muteSchema) });

/** A muted endpoint of a list. */
export const endpointMuteSchema = z.extend(muteSchema, { endpointId: z.string() });

export type Muted = z.infer<typeof mutedSchema>;
export type EndpointMuteView = z.infer<typeof endpointMuteSchema>;

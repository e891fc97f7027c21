import * as z from "zod/mini";

/** What shields.io reads: its endpoint schema, https://shields.io/badges/endpoint-badge. */
export const shieldsBadgeSchema = z.object({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.string(),
  isError: z.boolean(),
  cacheSeconds: z.number(),
});

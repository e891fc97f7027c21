import * as z from "zod/mini";

/** How many of the diagnostics fail, and how many only have a warning. */
export const checkCountsSchema = z.object({ failing: z.int(), warnings: z.int() });

export type CheckCounts = z.infer<typeof checkCountsSchema>;

import * as z from "zod/mini";

/** What a change that needs no words is asked with. */
export const nothingSchema = z.optional(z.object({}));

import * as z from "zod/mini";

/** The body of a change that needs none: absent, or an empty object. */
export const nothingSchema = z.optional(z.object({}));

import * as z from "zod/mini";

/** An error answer, as RFC 9457 writes it (`application/problem+json`). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.optional(z.string()),
});

export type Problem = z.infer<typeof problemSchema>;

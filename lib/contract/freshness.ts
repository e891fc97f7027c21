import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { instantSchema } from "./instant";

const causeSchema = z.object({
  code: z.enum(causeCodes),
  message: z.string(),
  since: instantSchema,
  retryAt: z.nullable(instantSchema),
});

export const freshnessSchema = z.object({
  state: z.enum(["live", "delayed", "blind"]),
  observedAt: z.nullable(instantSchema),
  cause: z.nullable(causeSchema),
});

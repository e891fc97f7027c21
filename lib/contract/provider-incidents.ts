import * as z from "zod/mini";

import { causeCodes } from "@/lib/domain/cause";

import { instantSchema } from "./instant";

/**
 * The incidents that the provider's status page reports and has not resolved, the worst first. `observedAt`: when it was
 * last read. `cause`: why it cannot be read now; null if it can. Texts and links are the page's own.
 */
export const providerIncidentsSchema = z.object({
  observedAt: instantSchema,
  incidents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      impact: z.nullable(z.string()),
      startedAt: z.nullable(instantSchema),
      link: z.nullable(z.string()),
    }),
  ),
  cause: z.nullable(
    z.object({
      code: z.enum(causeCodes),
      message: z.string(),
      since: instantSchema,
      retryAt: z.nullable(instantSchema),
    }),
  ),
});

export type ProviderIncidents = z.infer<typeof providerIncidentsSchema>;

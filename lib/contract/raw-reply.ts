import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** The last reply about an endpoint as it came, and the fields in it that nothing reads. */
export const rawReplySchema = z.object({
  endpointId: z.string(),
  receivedAt: z.nullable(instantSchema),
  body: z.nullable(z.string()),
  isShortened: z.boolean(),
  unreadFields: z.array(z.string()),
});

export type RawReplyView = z.infer<typeof rawReplySchema>;

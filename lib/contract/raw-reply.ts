import * as z from "zod/mini";

import { instantSchema } from "./instant";

/**
 * The last reply about an endpoint as it came, and the fields in it that nothing reads. A reply that
 * could not be read at all is told by `isReadable`.
 */
export const rawReplySchema = z.object({
  endpointId: z.string(),
  receivedAt: z.nullable(instantSchema),
  body: z.nullable(z.string()),
  isShortened: z.boolean(),
  isReadable: z.boolean(),
  unreadFields: z.array(z.string()),
});

export type RawReplyView = z.infer<typeof rawReplySchema>;

import * as z from "zod/mini";

import { instantSchema } from "./instant";

/**
 * The last reply about an endpoint, verbatim, and its fields that Rollcall does not read. `isReadable` is false if
 * Rollcall could not parse the reply.
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

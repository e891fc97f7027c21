import * as z from "zod/mini";

import { instantSchema } from "./instant";

/**
 * A field of the deployments, and its names in the reply; none: not reported, and `isNull` if a known name is there
 * without a value. `ignored`: names with another value.
 */
const fieldSourceSchema = z.object({
  field: z.string(),
  spellings: z.array(z.string()),
  isNull: z.boolean(),
  ignored: z.array(z.string()),
});

/** A field that nothing reads, and the field whose further name it could be; null: unclear which. */
const fieldHintSchema = z.object({
  spelling: z.string(),
  looksLike: z.string(),
  field: z.nullable(z.string()),
});

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
  /** Absent while no reply has been read by this version. */
  fieldUse: z.optional(z.object({ sources: z.array(fieldSourceSchema), hints: z.array(fieldHintSchema) })),
});

export type RawReplyView = z.infer<typeof rawReplySchema>;

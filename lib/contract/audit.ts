import * as z from "zod/mini";

import { instantSchema } from "./instant";

const auditEntrySchema = z.object({
  id: z.int(),
  at: instantSchema,
  /** The account name. */
  actor: z.string(),
  action: z.string(),
  about: z.string(),
});

/** One page of the audit log, newest first. `nextCursor` is null on the last page. */
export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  nextCursor: z.nullable(z.string()),
});

export type AuditList = z.infer<typeof auditListSchema>;

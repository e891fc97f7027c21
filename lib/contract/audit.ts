import * as z from "zod/mini";

import { instantSchema } from "./instant";

const auditEntrySchema = z.object({
  id: z.int(),
  at: instantSchema,
  /** What people know somebody by. */
  actor: z.string(),
  action: z.string(),
  about: z.string(),
});

/** One page of what people did to access, newest first. `nextCursor` is null on the last page. */
export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  nextCursor: z.nullable(z.string()),
});

export type AuditList = z.infer<typeof auditListSchema>;

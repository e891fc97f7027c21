import * as z from "zod/mini";

import { roles } from "@/lib/domain/role";

import { instantSchema } from "./instant";

const sessionSchema = z.object({
  id: z.string(),
  account: z.string(),
  role: z.enum(roles),
  /** What the browser calls itself; null: it did not say. */
  browser: z.nullable(z.string()),
  createdAt: instantSchema,
  /** To the minute. */
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  /** Whether it is the one that asks. */
  isThis: z.boolean(),
});

export type SessionView = z.infer<typeof sessionSchema>;

/** The sessions that the asker may end: one's own; an administrator's list has everybody's. */
export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) });

export type SessionList = z.infer<typeof sessionListSchema>;

/** What somebody is told of themselves, as their page is drawn from it. */
export type AccountView = {
  account: string;
  role: (typeof roles)[number];
  /** The organizations that they are limited to; null: to none. */
  orgs: readonly string[] | null;
  hasPassword: boolean;
};

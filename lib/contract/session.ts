import * as z from "zod/mini";

import { roles, type Role } from "@/lib/domain/role";

import { instantSchema } from "./instant";

const sessionSchema = z.object({
  id: z.string(),
  account: z.string(),
  role: z.enum(roles),
  /** The browser's User-Agent; null: not sent. */
  browser: z.nullable(z.string()),
  createdAt: instantSchema,
  /** To the minute. */
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  /** Whether this is the requesting session. */
  isThis: z.boolean(),
});

export type SessionView = z.infer<typeof sessionSchema>;

/** The sessions that the requester may end: their own; for administrators, everyone's. */
export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) });

export type SessionList = z.infer<typeof sessionListSchema>;

/** What the account page shows about the signed-in person. */
export type AccountView = {
  account: string;
  role: (typeof roles)[number];
  /** The organizations that they may see; null: all. */
  orgs: readonly string[] | null;
  hasPassword: boolean;
};

/** Who looks at a page: an account, anyone under open access (with what they may do), or no one who is signed in. */
export type Viewer = { kind: "account"; account: AccountView } | { kind: "open"; role: Role } | null;

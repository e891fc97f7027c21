import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** How long a guest link may open. */
export const guestLinkLifetimes = ["hour", "day", "week", "month"] as const;

/** What is asked for when a guest link is made. */
export const guestLinkRequestSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  lifetime: z.enum(guestLinkLifetimes),
  /** Where it begins: a rollout's page below the link, with the moment or range in its query. */
  start: z.optional(z.string().check(z.maxLength(2000), z.regex(/^\/rollouts\/[^/?#\s]+(\?[^#\s]*)?$/))),
});

/** The answer to a revocation. */
export const revocationSchema = z.object({ isRevoked: z.boolean() });

const guestLinkSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** To the minute; null: never opened. */
  lastUsedAt: z.nullable(instantSchema),
});

export type GuestLinkView = z.infer<typeof guestLinkSchema>;

/** The guest links of one endpoint that still open, newest first. */
export const guestLinkListSchema = z.object({ links: z.array(guestLinkSchema) });

export type GuestLinkList = z.infer<typeof guestLinkListSchema>;

/** A new link with the address that opens it, which is told this once and kept nowhere. */
export const newGuestLinkSchema = z.object({ link: guestLinkSchema, url: z.string() });

export type NewGuestLink = z.infer<typeof newGuestLinkSchema>;

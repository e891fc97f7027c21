import * as z from "zod/mini";

import { instantSchema } from "./instant";

/** How long a guest link is valid. */
export const guestLinkLifetimes = ["hour", "day", "week", "month"] as const;

/** Creates a guest link. */
export const guestLinkRequestSchema = z.object({
  /** A label for the list of links and for the guest; may be empty. */
  name: z.string().check(z.trim(), z.maxLength(80)),
  lifetime: z.enum(guestLinkLifetimes),
  /** The page that it opens first: a rollout's path below the link, with the moment or range in its query. */
  start: z.optional(z.string().check(z.maxLength(2000), z.regex(/^\/rollouts\/[^/?#\s]+(\?[^#\s]*)?$/))),
});

/** The response to a revocation. */
export const revocationSchema = z.object({ isRevoked: z.boolean() });

const guestLinkSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** To the minute; null: never used. */
  lastUsedAt: z.nullable(instantSchema),
});

export type GuestLinkView = z.infer<typeof guestLinkSchema>;

/** The valid guest links of one endpoint, newest first. */
export const guestLinkListSchema = z.object({ links: z.array(guestLinkSchema) });

export type GuestLinkList = z.infer<typeof guestLinkListSchema>;

/** A new link with its address, which only this response contains; the server does not store it. */
export const newGuestLinkSchema = z.object({ link: guestLinkSchema, url: z.string() });

export type NewGuestLink = z.infer<typeof newGuestLinkSchema>;

import * as z from "zod/mini";

import { instantSchema } from "./instant";

const nameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** What a wall screen shows: its endpoints (null: all that it may see), theme, and seconds per page (null: no rotation). */
export const displaySettingsSchema = z.object({
  endpointIds: z.nullable(
    z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(500)),
  ),
  theme: z.enum(["auto", "light", "dark"]),
  rotateSeconds: z.nullable(z.int().check(z.minimum(5), z.maximum(3600))),
});

export type DisplaySettings = z.infer<typeof displaySettingsSchema>;

/** Approves the screen that shows a code. */
export const screenRequestSchema = z.object({
  code: z.string().check(z.maxLength(40)),
  name: nameSchema,
  displaySettings: displaySettingsSchema,
});

/** Changes a paired screen. */
export const screenChangeSchema = z.object({
  name: z.optional(nameSchema),
  displaySettings: z.optional(displaySettingsSchema),
});

export type ScreenChange = z.infer<typeof screenChangeSchema>;

const screenSchema = z.object({
  id: z.string(),
  name: z.string(),
  displaySettings: displaySettingsSchema,
  /** The account that approved it. */
  approver: z.string(),
  createdAt: instantSchema,
  /** To the minute; null: the screen has not fetched its pass yet. */
  lastSeenAt: z.nullable(instantSchema),
  expiresAt: instantSchema,
  /** Whether the requester may rename, change and revoke it. */
  isYours: z.boolean(),
});

export type ScreenView = z.infer<typeof screenSchema>;

export const screenListSchema = z.object({ screens: z.array(screenSchema) });

export type ScreenList = z.infer<typeof screenListSchema>;

/** The response to an approval and to a change. */
export const changedScreenSchema = z.object({ screen: screenSchema });

/** A screen's own settings. */
export const ownScreenSchema = z.object({
  name: z.string(),
  displaySettings: displaySettingsSchema,
  build: z.string(),
});

export type OwnScreen = z.infer<typeof ownScreenSchema>;

/** The code that a waiting screen shows, and the address in its QR code. */
export const pairingSchema = z.object({ code: z.string(), url: z.string(), expiresAt: instantSchema });

export type Pairing = z.infer<typeof pairingSchema>;

/**
 * Whether the screen was approved; its pass travels as a cookie. `no_cookie`: the browser did not send the pairing
 * cookie back, so it cannot be paired.
 */
export const claimSchema = z.object({ state: z.enum(["waiting", "approved", "over", "no_cookie"]) });

export type ClaimView = z.infer<typeof claimSchema>;

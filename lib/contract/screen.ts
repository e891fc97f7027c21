import * as z from "zod/mini";

import { instantSchema } from "./instant";

const nameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** What a wall screen shows: which endpoints (null: all that it may), in which theme, turning pages how often. */
export const displaySettingsSchema = z.object({
  endpointIds: z.nullable(
    z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(500)),
  ),
  theme: z.enum(["auto", "light", "dark"]),
  rotateSeconds: z.nullable(z.int().check(z.minimum(5), z.maximum(3600))),
});

export type DisplaySettings = z.infer<typeof displaySettingsSchema>;

/** What is asked when somebody approves a screen that shows a code. */
export const screenRequestSchema = z.object({
  code: z.string().check(z.maxLength(40)),
  name: nameSchema,
  displaySettings: displaySettingsSchema,
});

/** What may be changed about a paired screen. */
export const screenChangeSchema = z.object({
  name: z.optional(nameSchema),
  displaySettings: z.optional(displaySettingsSchema),
});

export type ScreenChange = z.infer<typeof screenChangeSchema>;

const screenSchema = z.object({
  id: z.string(),
  name: z.string(),
  displaySettings: displaySettingsSchema,
  /** What people know its approver by. */
  approver: z.string(),
  createdAt: instantSchema,
  /** To the minute; null: it has not fetched its pass yet. */
  lastSeenAt: z.nullable(instantSchema),
  expiresAt: instantSchema,
  /** Whether the asker may rename, redirect and revoke it. */
  isYours: z.boolean(),
});

export type ScreenView = z.infer<typeof screenSchema>;

export const screenListSchema = z.object({ screens: z.array(screenSchema) });

export type ScreenList = z.infer<typeof screenListSchema>;

/** The answer to an approval and to a change. */
export const changedScreenSchema = z.object({ screen: screenSchema });

export type ChangedScreen = z.infer<typeof changedScreenSchema>;

/** What a screen is told of itself. */
export const ownScreenSchema = z.object({
  name: z.string(),
  displaySettings: displaySettingsSchema,
  build: z.string(),
});

export type OwnScreen = z.infer<typeof ownScreenSchema>;

/** The code that a waiting screen shows, and the address that its QR code holds. */
export const pairingSchema = z.object({ code: z.string(), url: z.string(), expiresAt: instantSchema });

export type PairingView = z.infer<typeof pairingSchema>;

/**
 * Whether somebody approved it; the pass itself travels as a cookie. `no_cookie`: the browser did not send back the
 * cookie of its pairing, so it cannot be paired.
 */
export const claimSchema = z.object({ state: z.enum(["waiting", "approved", "over", "no_cookie"]) });

export type ClaimView = z.infer<typeof claimSchema>;

import * as z from "zod/mini";

import { instantSchema } from "./instant";

const nameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/**
 * What a wall screen shows: its endpoints (null: all that it may see), theme, and seconds per page of names that do not
 * fit (null: they are counted instead).
 */
export const displaySettingsSchema = z.object({
  endpointIds: z.nullable(
    z
      .array(z.string().check(z.maxLength(128)))
      .check(z.minLength(1, "Choose at least one endpoint."), z.maxLength(500)),
  ),
  theme: z.enum(["auto", "light", "dark"]),
  rotateSeconds: z.nullable(z.int().check(z.minimum(5), z.maximum(3600))),
  /** Whether the theme `auto` is dark from 22:00 to 6:00, whatever the system says. */
  night: z._default(z.boolean(), true),
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
  /** The organizations that it is limited to; null: no limit. */
  orgs: z.nullable(z.array(z.string())),
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

/** The response to a request to a screen, which it carries out when it next asks, within a few seconds. */
export const screenCommandedSchema = z.object({ isAsked: z.boolean() });

/** A screen's own settings. */
export const ownScreenSchema = z.object({
  name: z.string(),
  displaySettings: displaySettingsSchema,
  build: z.string(),
  /** When it was last asked to show its name, and to reload: a change of these is the request. Null: never. */
  identifiedAt: z.nullable(instantSchema),
  reloadedAt: z.nullable(instantSchema),
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

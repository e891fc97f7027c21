import * as z from "zod/mini";

import { roles } from "@/lib/domain/role";

import { instantSchema } from "./instant";

const orgsSchema = z.nullable(
  z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(500)),
);

/** Invites a person: creates their account. `orgs` limits what they see; null: no limit. */
export const invitationRequestSchema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
      z.toLowerCase(),
      z.regex(/^[^\s/\\]{1,80}$/, "A name has 1 to 80 characters, without spaces and slashes."),
    ),
  role: z.enum(roles),
  orgs: orgsSchema,
});

export type InvitationRequest = z.infer<typeof invitationRequestSchema>;

/** Changes what a person may see and do. */
export const accessChangeSchema = z.object({ role: z.enum(roles), orgs: orgsSchema });

export type AccessChange = z.infer<typeof accessChangeSchema>;

const personSchema = z.object({
  /** The account's name; people of an identity provider have the name that it reports. */
  name: z.string(),
  /** `password`, or the id of the identity provider. */
  signsInWith: z.string(),
  role: z.enum(roles),
  orgs: z.nullable(z.array(z.string())),
  /** To the minute; null: not signed in now. */
  lastSeenAt: z.nullable(instantSchema),
  /** Whether they have not yet chosen their password. */
  isInvited: z.boolean(),
  /** When the link of an invitation expires; null: there is none, or it does not expire. */
  invitedUntil: z.nullable(instantSchema),
  /** Whether the requester may change and remove them: not oneself, and not people of an identity provider. */
  isChangeable: z.boolean(),
  isYou: z.boolean(),
});

export type PersonView = z.infer<typeof personSchema>;

/** Everyone with an account, and people of an identity provider who are signed in. */
export const peopleSchema = z.object({
  people: z.array(personSchema),
  /** The organizations that a person can be limited to. */
  orgs: z.array(z.string()),
  /** Why no one can be invited, if so: there are no accounts, or people sign in through a provider only. */
  invitations: z.enum(["on", "open_access", "provider_only"]),
});

export type People = z.infer<typeof peopleSchema>;

/** A one-time link with which a person chooses a password. Only this response contains it. */
export const invitationSchema = z.object({ person: personSchema, url: z.string(), expiresAt: instantSchema });

export type Invitation = z.infer<typeof invitationSchema>;

export const changedPersonSchema = z.object({ person: personSchema });

/** What ended together with an account. */
export const removedPersonSchema = z.object({
  sessions: z.int(),
  screens: z.int(),
  guestLinks: z.int(),
});

import * as z from "zod/mini";

/** Signs in with a password. `newPassword`, if given, replaces it. */
export const signInRequestSchema = z.object({
  account: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
  newPassword: z.optional(z.string().check(z.maxLength(256))),
});

/** `choose`: a one-time password, which has to be replaced by sending `newPassword` with it. */
export const signInAnswerSchema = z.object({ state: z.enum(["entered", "choose"]) });

/** How many sessions were ended. */
export const endingSchema = z.object({ ended: z.int() });

/** Why a sign-in through a provider failed. */
export const signInFailures = ["refused", "unreachable", "failed"] as const;

export type SignInFailure = (typeof signInFailures)[number];

/** The sign-in methods that the page offers; `to` is the path of ours that it continues to. */
export type SignInMethods = {
  to: string;
  hasPasswords: boolean;
  providers: readonly { id: string; name: string }[];
};

import * as z from "zod/mini";

/** What is asked with to sign in with a password. `newPassword` takes the place of the one that is given. */
export const signInRequestSchema = z.object({
  account: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
  newPassword: z.optional(z.string().check(z.maxLength(256))),
});

export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** `choose`: the password was good for once, and another has to be chosen with it. */
export const signInAnswerSchema = z.object({ state: z.enum(["entered", "choose"]) });

/** The answer to what ends sessions. */
export const endingSchema = z.object({ ended: z.int() });

/** Why somebody is back at the sign-in page without having entered. */
export const signInFailures = ["refused", "unreachable", "failed"] as const;

export type SignInFailure = (typeof signInFailures)[number];

/** How people sign in, as the sign-in page is drawn from it; `to` is where they go on to, a path of ours. */
export type SignInMethods = {
  to: string;
  hasPasswords: boolean;
  providers: readonly { id: string; name: string }[];
};

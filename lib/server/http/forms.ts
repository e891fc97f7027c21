import "server-only";

import { pagePaths } from "@/lib/contract/paths";
import { changedScreenSchema } from "@/lib/contract/screen";
import { fromDisplaySettingsFields } from "@/lib/contract/display-settings-text";
import { signInAnswerSchema } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-address";
import { rollcall } from "@/lib/server/wiring";

import type { FormDescription } from "./form";

/**
 * Signs in with a password, or changes it: `to` is where to go on to, and a form on the account page goes on to that
 * page itself.
 */
export const signInForm: FormDescription = {
  toBody: (fields) => Object.fromEntries(fields),
  done: (fields, answer) => {
    const parsed = signInAnswerSchema.safeParse(answer);
    if (parsed.success && parsed.data.state === "choose")
      return { to: signInPage(fields, true), outcome: null };
    const to = toOwnAddress(fields.get("to"), rollcall().settings.publicUrl);
    const isChange = fields.get("from") === pagePaths.account;
    return { to, outcome: isChange ? "Password changed. Your other sessions were ended." : null };
  },
  back: (fields) =>
    fields.get("from") === pagePaths.account
      ? pagePaths.account
      : signInPage(fields, fields.has("newPassword")),
};

function signInPage(fields: URLSearchParams, isChoosing: boolean): string {
  const to = toOwnAddress(fields.get("to"), rollcall().settings.publicUrl);
  return `${pagePaths.signIn(to)}${isChoosing ? "&choose=yes" : ""}`;
}

/** Signs out. */
export const signOutForm: FormDescription = {
  toBody: () => ({}),
  done: () => ({ to: pagePaths.signIn(null), outcome: null }),
  back: () => pagePaths.account,
};

/** Approves the screen that shows a code. */
export const pairForm: FormDescription = {
  toBody: (fields) => ({
    code: fields.get("code"),
    name: fields.get("name"),
    displaySettings: fromDisplaySettingsFields(fields),
  }),
  done: (_, answer) => {
    const parsed = changedScreenSchema.safeParse(answer);
    return {
      to: pagePaths.screens,
      outcome: parsed.success ? `${parsed.data.screen.name} is paired.` : null,
    };
  },
  back: (fields) => pagePaths.pair(fields.get("code")),
};

import "server-only";

import { fromDisplaySettingsFields } from "@/lib/contract/display-settings-text";
import { pagePaths } from "@/lib/contract/paths";
import { invitationSchema } from "@/lib/contract/people";
import { newServiceTokenSchema } from "@/lib/contract/service-token";
import { changedScreenSchema } from "@/lib/contract/screen";
import { signInAnswerSchema } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-origin";

import type { FormDescription } from "./form";

/**
 * Signs in with a password, or changes it. The field `to` is the page to go to afterwards; a form on the account page
 * goes back there.
 */
export const signInForm: FormDescription = {
  toBody: (fields) => Object.fromEntries(fields),
  done: (fields, answer, publicUrl) => {
    const parsed = signInAnswerSchema.safeParse(answer);
    if (parsed.success && parsed.data.state === "choose")
      return { to: signInPage(fields, publicUrl, true), outcome: null };
    const to = toOwnAddress(fields.get("to"), publicUrl);
    const isChange = fields.get("from") === pagePaths.account;
    return { to, outcome: isChange ? "Password changed. Your other sessions were ended." : null };
  },
  back: (fields, publicUrl) =>
    fields.get("from") === pagePaths.account
      ? pagePaths.account
      : signInPage(fields, publicUrl, fields.has("newPassword")),
};

function signInPage(fields: URLSearchParams, publicUrl: URL, isChoosing: boolean): string {
  if (fields.get("from") === invited) return pagePaths.invitation(fields.get("account") ?? "");
  const to = toOwnAddress(fields.get("to"), publicUrl);
  return `${pagePaths.signIn(to)}${isChoosing ? "&choose=yes" : ""}`;
}

/** What the form of an invitation's page sends as `from`. */
const invited = "invitation";

export const signOutForm: FormDescription = {
  toBody: () => ({}),
  done: () => ({ to: pagePaths.signIn(null), outcome: null }),
  back: () => pagePaths.account,
};

/** Invites a person. The page then shows the link, once. */
export const inviteForm: FormDescription = {
  toBody: (fields) => {
    const orgs = fields.getAll("orgs");
    return {
      name: fields.get("name"),
      role: fields.get("role"),
      orgs: orgs.length === 0 ? null : orgs,
    };
  },
  done: (_, answer) => {
    const parsed = invitationSchema.safeParse(answer);
    return {
      to: pagePaths.people,
      outcome: parsed.success ? `Send ${parsed.data.person.name} this link: ${parsed.data.url}` : null,
    };
  },
  back: () => pagePaths.people,
};

/** Creates a service token. The page then shows its value, once. */
export const serviceTokenForm: FormDescription = {
  toBody: (fields) => {
    const orgs = fields.getAll("orgs");
    return {
      name: fields.get("name"),
      lifetime: fields.get("lifetime"),
      scopes: fields.getAll("scopes"),
      orgs: orgs.length === 0 ? null : orgs,
    };
  },
  done: (_, answer) => {
    const parsed = newServiceTokenSchema.safeParse(answer);
    return {
      to: pagePaths.tokens,
      outcome: parsed.success ? `The token for ${parsed.data.token.name}: ${parsed.data.value}` : null,
    };
  },
  back: () => pagePaths.tokens,
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

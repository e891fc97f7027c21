import "server-only";

import type { EntryRules } from "@/lib/server/config/entry-rule";

import type { Claims } from "./entry-rules";

/** What an identity provider said of somebody who came in through it. */
export type ProviderProfile = Readonly<Record<string, unknown>>;

/**
 * What of a profile the rules can ask for; the rest is not kept. An address that the provider says it did not
 * verify is none: anybody could have claimed it.
 */
export function toClaims(profile: ProviderProfile, groupsClaim: string, rules: EntryRules): Claims {
  const email = profile["email"];
  const isUnverified = profile["email_verified"] === false || profile["email_verified"] === "false";
  const asked = [...rules.viewer, ...rules.administrator].flatMap((rule) =>
    rule.kind === "claim" ? [rule.claim] : [],
  );
  const values = Object.fromEntries(
    [...new Set(asked)].map((claim) => [claim, toTexts(profile[claim === "group" ? groupsClaim : claim])]),
  );
  return { address: typeof email === "string" && !isUnverified ? email.toLowerCase() : null, values };
}

function toTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
  return ["string", "number", "boolean"].includes(typeof value) ? [String(value)] : [];
}

/** What other people know somebody by: their address, or what else the provider calls them. */
export function toAccountName(profile: ProviderProfile, claims: Claims): string {
  const names = [
    claims.address,
    profile["preferred_username"],
    profile["login"],
    profile["name"],
    profile["sub"],
  ];
  return (
    names.find((name): name is string => typeof name === "string" && name !== "")?.slice(0, 200) ?? "somebody"
  );
}

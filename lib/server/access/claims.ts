import "server-only";

import type { EntryRules } from "@/lib/server/config/entry-rule";

import type { Claims } from "./entry-rules";

/** The claims that an identity provider sent about a user. */
export type ProviderProfile = Readonly<Record<string, unknown>>;

/**
 * Keeps the claims that the rules can match. An address that the provider marks as unverified is dropped, because
 * anyone could have claimed it.
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

/** The name shown to others: the address, or another name from the provider. */
export function toAccountName(profile: ProviderProfile, claims: Claims): string {
  const names = [
    claims.address,
    profile["preferred_username"],
    profile["login"],
    profile["name"],
    profile["sub"],
  ];
  return (
    names.find((name): name is string => typeof name === "string" && name !== "")?.slice(0, 200) ??
    "unnamed user"
  );
}

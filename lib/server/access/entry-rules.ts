import "server-only";

import type { EntryRule, EntryRules } from "@/lib/server/config/entry-rule";

import { toSafeGrant, type Grant } from "./principal";

/** The claims that an identity provider sent about a user. */
export type ProviderProfile = Readonly<Record<string, unknown>>;

/** The claims that the rules can match. */
export type Claims = {
  /** Lower case; null if there is none or it is unverified. */
  address: string | null;
  /** Each claim as strings; `group` holds the groups. */
  values: Readonly<Record<string, readonly string[]>>;
};

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

/**
 * What the rules grant; null if no rule matches. Administrator rules are tried first. The organizations of several
 * matching rules add up; a rule without organizations removes the limit.
 */
export function toGrant(claims: Claims, rules: EntryRules): Grant | null {
  for (const role of ["administrator", "viewer"] as const) {
    const matching = rules[role].filter((rule) => fits(rule, claims));
    if (matching.length === 0) continue;
    const limits = matching.map(({ orgs }) => orgs);
    const orgs = limits.includes(null) ? null : [...new Set(limits.flatMap((each) => each ?? []))];
    return toSafeGrant({ role, orgs });
  }
  return null;
}

function fits(rule: EntryRule, { address, values }: Claims): boolean {
  switch (rule.kind) {
    case "openAccess":
      return true;
    case "address":
      return address === rule.address;
    case "domain":
      return address !== null && address.slice(address.lastIndexOf("@") + 1) === rule.domain;
    case "claim":
      return Object.hasOwn(values, rule.claim) && (values[rule.claim]?.includes(rule.value) ?? false);
  }
}

import "server-only";

import type { EntryRule, EntryRules } from "@/lib/server/config/entry-rule";

import { toSafeGrant, type Grant } from "./principal";

/** What an identity provider said of somebody. */
export type Claims = {
  /** Lower case; null where there is none, or the provider says that it was not verified. */
  address: string | null;
  /** Every claim that is a text, a number, a truth value or a list of texts, as texts. `group` holds the groups. */
  values: Readonly<Record<string, readonly string[]>>;
};

/**
 * What the rules grant; null: they let this person not in. Administrators' rules come first; several rules
 * of one role add up, and one without organizations lifts the limit of the others.
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

import "server-only";

import type { EntryRule, EntryRules } from "@/lib/server/config/entry-rule";

import { toSafeGrant, type Grant } from "./principal";

/** The claims that the rules can match. */
export type Claims = {
  /** Lower case; null if there is none or it is unverified. */
  address: string | null;
  /** Each claim as strings; `group` holds the groups. */
  values: Readonly<Record<string, readonly string[]>>;
};

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

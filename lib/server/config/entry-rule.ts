import "server-only";

import type { Role } from "@/lib/domain/role";

/** Which users a rule gives access to. `orgs` limits them to these organizations; null: no limit. */
export type EntryRule = { orgs: readonly string[] | null } & (
  | { kind: "openAccess" }
  | { kind: "address"; address: string }
  | { kind: "domain"; domain: string }
  | { kind: "claim"; claim: string; value: string }
);

export type EntryRules = Readonly<Record<Role, readonly EntryRule[]>>;

const form = /^(?<who>.+?)(?:\s+in\s+(?<orgs>[A-Za-z0-9._|-]+))?$/;

/**
 * Parses `ada@example.com`, `@example.com`, `group:NAME`, `claim:NAME=VALUE` or `*`, each with an optional
 * ` in ORG|ORG`. Null for anything else.
 */
export function parseEntryRule(text: string): EntryRule | null {
  const { who = "", orgs: list } = form.exec(text.trim())?.groups ?? {};
  const orgs = list === undefined ? null : list.split("|").filter((org) => org !== "");
  if (orgs?.length === 0) return null;
  if (who === "*") return { kind: "openAccess", orgs };
  const group = /^group:(.+)$/.exec(who)?.[1];
  if (group !== undefined) return { kind: "claim", claim: "group", value: group, orgs };
  const [, claim, value] = /^claim:([^=]+)=(.+)$/.exec(who) ?? [];
  if (claim !== undefined && value !== undefined) return { kind: "claim", claim, value, orgs };
  const [, local, domain] = /^([^@\s:]*)@([^@\s]+\.[^@\s]+)$/.exec(who.toLowerCase()) ?? [];
  if (domain === undefined) return null;
  return local === ""
    ? { kind: "domain", domain, orgs }
    : { kind: "address", address: who.toLowerCase(), orgs };
}

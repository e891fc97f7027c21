import "server-only";

import { randomUUID } from "node:crypto";

import { serviceTokenRequestSchema, tokenLifetimes } from "@/lib/contract/service-token";
import { hashServiceToken, newServiceToken } from "@/lib/server/access/secret-token";

import { describeToken, limitProblem, type ServiceToken } from "../db/service-tokens";
import type { HistoryStore } from "../db/store";
import { commandLine } from "./reset-password";

type TokenOptions = { scope: string; orgs?: string; lifetime: string };

/** Creates a token, audited. Resolves with it and its value, which is not stored. Throws for a wrong option. */
export async function addToken(
  { audited }: Pick<HistoryStore, "audited">,
  typed: { name: string } & TokenOptions,
  now: number,
): Promise<{ token: ServiceToken; value: string }> {
  const { name, scopes, orgs, lifetime } = parseRequest(typed);
  const value = newServiceToken();
  const token: ServiceToken = {
    ...{ id: randomUUID(), name, scopes, orgs },
    ...{ madeBy: commandLine, createdAt: now, lastUsedAt: null },
    expiresAt: now + tokenLifetimes[lifetime],
  };
  await audited.change(async ({ audit, serviceTokens }) => {
    if (!(await serviceTokens.add(token, hashServiceToken(value) ?? "")))
      throw new Error(`there is a token named ${name}: revoke it first, or choose another name.`);
    const about = describeToken(token);
    await audit.add({ at: now, actor: commandLine, action: "made a service token", about });
  });
  return { token, value };
}

function parseRequest({ name, scope, orgs, lifetime }: { name: string } & TokenOptions) {
  const request = serviceTokenRequestSchema.safeParse({
    ...{ name, lifetime, scopes: toWords(scope) },
    orgs: orgs === undefined ? null : toWords(orgs),
  });
  if (!request.success)
    throw new Error(
      request.error.issues.map(({ message, path }) => `${path.join(".")}: ${message}`).join(" "),
    );
  const problem = limitProblem(request.data);
  if (problem !== null) throw new Error(problem);
  return request.data;
}

function toWords(list: string): string[] {
  return [...new Set(list.split(",").filter((word) => word !== ""))];
}

/** One line per token: name, what it may do, last use and expiry in UTC. */
export async function listTokens(
  { serviceTokens }: Pick<HistoryStore, "serviceTokens">,
  now: number,
): Promise<string> {
  const all = await serviceTokens.list();
  if (all.length === 0) return "No service tokens.";
  const width = Math.max(...all.map(({ name }) => name.length));
  return all
    .map(({ name, scopes, orgs, madeBy, lastUsedAt, expiresAt }) => {
      const limit = orgs === null ? "" : ` of ${orgs.join(", ")}`;
      const use = lastUsedAt === null ? "never used" : `last used ${toDay(lastUsedAt)}`;
      const expiry = `${expiresAt <= now ? "expired" : "expires"} ${toDay(expiresAt)}`;
      return `${name.padEnd(width)}  ${scopes.join(", ")}${limit}; ${use}; ${expiry}; made by ${madeBy}`;
    })
    .join("\n");
}

function toDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Revokes a token, audited: a running server rejects it within two seconds. Throws if there is no such token. */
export async function revokeToken(
  { audited }: Pick<HistoryStore, "audited">,
  name: string,
  now: number,
): Promise<string> {
  await audited.change(async ({ audit, serviceTokens }) => {
    if ((await serviceTokens.revoke({ name })) === null) throw new Error(`no token is named ${name}.`);
    await audit.add({ at: now, actor: commandLine, action: "revoked a service token", about: name });
  });
  return `${name} was revoked. A running server rejects it within two seconds.`;
}

import "server-only";

import { randomUUID } from "node:crypto";

import {
  serviceTokenListSchema,
  tokenLifetimes,
  type NewServiceToken,
  type ServiceTokenList,
  type ServiceTokenRequest,
  type ServiceTokenView,
} from "@/lib/contract/service-token";
import { second } from "@/lib/domain/instant";
import type { Person } from "@/lib/server/access/principal";
import { hashServiceToken, newServiceToken } from "@/lib/server/access/secret-token";
import type { Context } from "@/lib/server/context";
import { describeToken, limitProblem, type ServiceToken } from "@/lib/server/db/service-tokens";

import { encode, type Answer } from "./answer";
import { changeAudited } from "./audit";
import { conflict, invalid, notFound } from "./errors";
import { knownOrgs } from "./people-list";

/** Creates a token for a program. Throws conflict if its name is taken, and invalid for a limit that cannot be. */
export async function createServiceToken(
  ctx: Context,
  { person, request }: { person: Person; request: ServiceTokenRequest },
): Promise<NewServiceToken> {
  const { at } = ctx.clock();
  checkLimit(ctx, request);
  const value = newServiceToken();
  const token: ServiceToken = {
    id: randomUUID(),
    name: request.name,
    scopes: [...new Set(request.scopes)],
    orgs: request.orgs === null ? null : [...new Set(request.orgs)],
    madeBy: person.account,
    createdAt: at,
    expiresAt: at + tokenLifetimes[request.lifetime],
    lastUsedAt: null,
  };
  await changeAudited(
    ctx,
    { actor: person.account, action: "made a service token", about: describeToken(token) },
    async ({ serviceTokens }) => {
      if (!(await serviceTokens.add(token, hashServiceToken(value) ?? "")))
        throw conflict(`There is a token named ${token.name}. Revoke it first, or choose another name.`);
    },
  );
  return { token: toView(token), value };
}

function checkLimit(ctx: Context, request: ServiceTokenRequest): void {
  const problem = limitProblem(request);
  if (problem !== null) throw invalid(problem);
  const known = knownOrgs(ctx);
  const unknown = (request.orgs ?? []).filter((org) => !known.includes(org));
  if (unknown.length > 0) throw invalid(`Rollcall watches no organization named ${unknown.join(", ")}.`);
}

/** Every token that is not revoked, by name, also expired ones: a program that is rejected can be found. */
export async function readServiceTokens(ctx: Context): Promise<Answer<ServiceTokenList>> {
  const tokens = await ctx.history.serviceTokens.list();
  const body = { tokens: tokens.map(toView), orgs: knownOrgs(ctx) };
  return { ...encode(serviceTokenListSchema, body), age: null, nextPollIn: 15 * second };
}

function toView({ scopes, orgs, ...token }: ServiceToken): ServiceTokenView {
  return { ...token, scopes: [...scopes], orgs: orgs === null ? null : [...orgs] };
}

/** Revokes a token from its next request on; on other instances within two seconds. Throws not_found. */
export async function revokeServiceToken(
  ctx: Context,
  { person, tokenId }: { person: Person; tokenId: string },
): Promise<{ isRevoked: true }> {
  const known = (await ctx.history.serviceTokens.list()).find(({ id }) => id === tokenId);
  if (known === undefined) throw notFound("Token");
  await changeAudited(
    ctx,
    { actor: person.account, action: "revoked a service token", about: known.name },
    async ({ serviceTokens }) => {
      if ((await serviceTokens.revoke({ id: tokenId })) === null) throw notFound("Token");
    },
  );
  ctx.lookups.serviceTokens.invalidateAll();
  return { isRevoked: true };
}

import "server-only";

import type { OAuthConfig, UserinfoEndpointHandler } from "next-auth/providers/oauth";
import * as z from "zod";

import { second } from "@/lib/domain/instant";
import type { ProviderSettings } from "@/lib/server/config/access";
import type { OutboundProxy } from "@/lib/server/config/network";

import type { ProviderProfile } from "./entry-rules";
import { agentFor, fetchThrough } from "./outbound";

const patience = 10 * second;

/** The provider's configuration for next-auth. */
export function toOAuthConfig(
  provider: ProviderSettings,
  proxy: OutboundProxy | null,
): OAuthConfig<ProviderProfile> {
  const { id, name, clientId, clientSecret } = provider;
  const common = {
    id,
    name,
    type: "oauth",
    clientId,
    clientSecret,
    httpOptions: { timeout: patience, ...agentFor(provider.issuer, proxy) },
  } as const;
  return { ...common, ...(id === "github" ? toGitHub(provider, proxy) : toOpenId(provider)) };
}

type Way = Omit<OAuthConfig<ProviderProfile>, "id" | "name" | "type" | "clientId" | "clientSecret">;

/** OpenID Connect: discovery, authorization code with PKCE, state and nonce, then the userinfo endpoint. */
function toOpenId({ issuer, scope }: ProviderSettings): Way {
  return {
    wellKnown: `${issuer.href.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      // Many providers send groups only here.
      request: async ({ client, tokens }: UserinfoQuestion) => {
        const claims = claimsOf(tokens);
        if (client.issuer.metadata.userinfo_endpoint === undefined) return claims;
        const known = await client.userinfo(tokens.access_token ?? "");
        if (known.sub !== claims["sub"])
          throw new Error("The userinfo response is about a different subject than the ID token.");
        return { ...claims, ...known };
      },
    },
    profile: (profile: ProviderProfile) => ({ id: toText(profile["sub"]) }),
  };
}

type UserinfoQuestion = Parameters<NonNullable<UserinfoEndpointHandler["request"]>>[0];

/** The claims of the verified ID token. */
function claimsOf(tokens: UserinfoQuestion["tokens"]): ProviderProfile {
  const claims = tokens["claims"];
  if (typeof claims !== "function") return {};
  return z.record(z.string(), z.unknown()).parse(claims.call(tokens));
}

function toText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const userSchema = z.object({ id: z.number(), login: z.string(), name: z.nullish(z.string()) });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const orgsSchema = z.array(z.object({ login: z.string() }));

/** github.com or GitHub Enterprise Server. Its organizations are used as groups. */
function toGitHub({ issuer, scope }: ProviderSettings, proxy: OutboundProxy | null): Way {
  const base = issuer.href.replace(/\/$/, "");
  const api = issuer.hostname === "github.com" ? "https://api.github.com" : `${base}/api/v3`;
  return {
    authorization: { url: `${base}/login/oauth/authorize`, params: { scope } },
    token: `${base}/login/oauth/access_token`,
    checks: ["pkce", "state"],
    userinfo: {
      request: async ({ tokens }: UserinfoQuestion) => {
        const ask = (path: string) => askGitHub(`${api}${path}`, tokens.access_token ?? "", proxy);
        const user = userSchema.parse(await ask("/user"));
        const emails = emailsSchema.parse(await ask("/user/emails"));
        const orgs = orgsSchema.parse(await ask("/user/orgs?per_page=100"));
        const primary = emails.find(({ primary: isPrimary, verified }) => isPrimary && verified);
        return {
          sub: String(user.id),
          login: user.login,
          name: user.name ?? user.login,
          ...(primary === undefined ? {} : { email: primary.email }),
          groups: orgs.map(({ login }) => login),
        };
      },
    },
    profile: (profile: ProviderProfile) => ({ id: toText(profile["sub"]) }),
  };
}

async function askGitHub(url: string, token: string, proxy: OutboundProxy | null): Promise<unknown> {
  const response = await fetchThrough(proxy, url, {
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status}.`);
  const body: unknown = await response.json();
  return body;
}

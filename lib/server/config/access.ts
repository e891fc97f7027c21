import "server-only";

import { randomBytes } from "node:crypto";

import { toBasePath } from "@/lib/contract/base-path";
import type { Role } from "@/lib/domain/role";

import type { EntryRules } from "./entry-rule";
import type { Environment } from "./environment";
import { isLoopbackHost, type TrustedProxies } from "./network";

/** Who has access. `trustedProxies`: whose X-Forwarded-For is trusted; null: no one's. */
export type AccessSettings = { trustedProxies: TrustedProxies | null } & (
  | { kind: "open"; role: Role }
  | {
      kind: "sign-in";
      hasPasswords: boolean;
      providers: readonly ProviderSettings[];
      rules: EntryRules;
      /** Shared by several instances, because a sign-in may start on one and end on another; null: generated at startup. */
      secret: string | null;
    }
);

/** Expects an environment without mistakes. */
export function toAccess(environment: Environment, publicUrl: URL): AccessSettings {
  const trustedProxies = environment.ROLLCALL_TRUSTED_PROXIES ?? null;
  if (environment.ROLLCALL_ACCESS === "open") {
    const isHere = isLoopbackHost(environment.HOSTNAME) && isLoopbackHost(publicUrl.hostname);
    return { kind: "open", role: isHere ? "administrator" : "viewer", trustedProxies };
  }
  const providers = toProviders(environment);
  return {
    kind: "sign-in",
    hasPasswords: (environment.ROLLCALL_PASSWORDS ?? (providers.length === 0 ? "on" : "off")) === "on",
    providers,
    rules: { viewer: environment.ROLLCALL_VIEWERS, administrator: environment.ROLLCALL_ADMINISTRATORS },
    secret: environment.ROLLCALL_SECRET ?? null,
    trustedProxies,
  };
}

/** Values that must never appear in a log. */
export function accessSecrets(access: AccessSettings): string[] {
  if (access.kind === "open") return [];
  const secrets = access.providers.map(({ clientSecret }) => clientSecret);
  return access.secret === null ? secrets : [...secrets, access.secret];
}

/** A single instance can use a random secret: a restart only interrupts sign-ins that are under way. */
export function toHandshakeSecret(access: AccessSettings): string {
  return (access.kind === "sign-in" ? access.secret : null) ?? randomBytes(32).toString("base64url");
}

/** For the startup log: who has access. */
export function describeAccess(access: AccessSettings): string {
  if (access.kind === "open") {
    return access.role === "administrator"
      ? "ROLLCALL_ACCESS=open: everyone on this machine can read everything."
      : "ROLLCALL_ACCESS=open: anyone who can connect can read everything.";
  }
  const methods = [
    ...access.providers.map(({ name }) => name),
    ...(access.hasPasswords ? ["a password"] : []),
  ];
  return `People sign in with ${methods.join(", ")}.`;
}

/** An identity provider that people can sign in with. */
export type ProviderSettings = {
  id: "oidc" | "google" | "github";
  /** Shown on the sign-in button. */
  name: string;
  /** OpenID issuer; for GitHub, the address of its web pages. */
  issuer: URL;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** The claim that lists the user's groups. */
  groupsClaim: string;
};

/** The identity providers that are fully set up. */
export function toProviders(environment: Environment): ProviderSettings[] {
  const { ROLLCALL_OIDC_ISSUER: issuer, ROLLCALL_GITHUB_URL: github } = environment;
  const providers: ProviderSettings[] = [];
  const add = (
    provider: Omit<ProviderSettings, "clientId" | "clientSecret">,
    id?: string,
    secret?: string,
  ) => {
    if (id !== undefined && secret !== undefined)
      providers.push({ ...provider, clientId: id, clientSecret: secret });
  };
  if (issuer !== undefined) {
    add(
      {
        id: "oidc",
        name: environment.ROLLCALL_OIDC_NAME,
        issuer,
        scope: environment.ROLLCALL_OIDC_SCOPE,
        groupsClaim: environment.ROLLCALL_OIDC_GROUPS_CLAIM,
      },
      environment.ROLLCALL_OIDC_CLIENT_ID,
      environment.ROLLCALL_OIDC_CLIENT_SECRET,
    );
  }
  add(
    {
      id: "google",
      name: "Google",
      issuer: new URL("https://accounts.google.com"),
      scope: "openid email profile",
      groupsClaim: "groups",
    },
    environment.ROLLCALL_GOOGLE_CLIENT_ID,
    environment.ROLLCALL_GOOGLE_CLIENT_SECRET,
  );
  add(
    {
      id: "github",
      name: "GitHub",
      issuer: github,
      scope: "read:user user:email read:org",
      groupsClaim: "groups",
    },
    environment.ROLLCALL_GITHUB_CLIENT_ID,
    environment.ROLLCALL_GITHUB_CLIENT_SECRET,
  );
  return providers;
}

/** Tells next-auth its callback address, which it reads from the environment only. */
export function announceOwnAddress(publicUrl: URL): void {
  process.env["NEXTAUTH_URL"] = new URL(`${toBasePath(publicUrl)}/api/auth`, publicUrl).href;
}

import "server-only";

import { randomBytes } from "node:crypto";

import type { Role } from "@/lib/domain/role";

import type { EntryRules } from "./entry-rule";
import type { Environment } from "./environment";
import { isLoopbackHost, type TrustedProxies } from "./network";

/** Who may look, and whose X-Forwarded-For is believed; null: nobody's. */
export type AccessSettings = { trustedProxies: TrustedProxies | null } & (
  | { kind: "open"; role: Role }
  | {
      kind: "sign-in";
      hasPasswords: boolean;
      providers: readonly ProviderSettings[];
      rules: EntryRules;
      /** Shared by several instances, for sign-ins that begin at one and end at another; null: made at the start. */
      secret: string | null;
    }
);

/** What was asked for, once nothing is wrong with it. */
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

/** What must never appear in a log. */
export function accessSecrets(access: AccessSettings): string[] {
  if (access.kind === "open") return [];
  const secrets = access.providers.map(({ clientSecret }) => clientSecret);
  return access.secret === null ? secrets : [...secrets, access.secret];
}

/** One instance alone needs no secret that outlives it: a sign-in that a restart cuts short is begun again. */
export function toHandshakeSecret(access: AccessSettings): string {
  return (access.kind === "sign-in" ? access.secret : null) ?? randomBytes(32).toString("base64url");
}

/** For the log at the start: who may look. */
export function describeAccess(access: AccessSettings): string {
  if (access.kind === "open") {
    return access.role === "administrator"
      ? "ROLLCALL_ACCESS=open: everybody on this machine may read."
      : "ROLLCALL_ACCESS=open: everybody who reaches the port may read.";
  }
  const ways = [...access.providers.map(({ name }) => name), ...(access.hasPasswords ? ["a password"] : [])];
  return `People sign in with ${ways.join(", ")}.`;
}

/** An identity provider that people may come in through. */
export type ProviderSettings = {
  id: "oidc" | "google" | "github";
  /** As the button on the sign-in page calls it. */
  name: string;
  /** OpenID issuer; of GitHub the address of its pages. */
  issuer: URL;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** The claim that lists a person's groups. */
  groupsClaim: string;
};

/** The identity providers of which nothing is missing. */
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

/** Tells next-auth under which address its answers come back; it reads that from the environment alone. */
export function announceOwnAddress(publicUrl: URL): void {
  process.env["NEXTAUTH_URL"] = new URL("/api/auth", publicUrl).href;
}

import "server-only";

import { randomBytes } from "node:crypto";

import type { Role } from "@/lib/domain/role";

import type { EntryRules } from "./entry-rule";
import type { Environment } from "./environment";
import { isLoopbackHost } from "./loopback";
import { toProviders, type ProviderSettings } from "./provider-settings";
import type { TrustedProxies } from "./trusted-proxies";

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

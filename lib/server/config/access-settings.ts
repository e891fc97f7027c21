import "server-only";

import { randomBytes } from "node:crypto";

import type { Role } from "@/lib/domain/role";

import type { EntryRules } from "./entry-rule";
import type { Environment } from "./environment";
import { isLoopbackHost } from "./loopback";
import type { SettingsMistake } from "./mistake";
import type { TrustedProxies } from "./trusted-proxies";

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

const providerSettings = ["OIDC", "GITHUB", "GOOGLE"] as const;

/** Everything that is half set or would leave a door open. */
export function findAccessMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  return environment.ROLLCALL_ACCESS === "open"
    ? findOpenMistakes(environment, publicUrl)
    : [...findProviderMistakes(environment), ...findSignInMistakes(environment, publicUrl)];
}

function findOpenMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  if (environment.ROLLCALL_OPEN_TO_EVERYBODY_WHO_REACHES_THE_PORT === "yes") return [];
  const way =
    "With ROLLCALL_ACCESS=open everybody who reaches it may read. Use ROLLCALL_ACCESS=sign-in, keep it on this machine, or confirm it with ROLLCALL_OPEN_TO_EVERYBODY_WHO_REACHES_THE_PORT=yes.";
  const mistakes: SettingsMistake[] = [];
  if (!isLoopbackHost(environment.HOSTNAME)) {
    const problem = `is ${environment.HOSTNAME}, which other machines can reach. ${way}`;
    mistakes.push({ setting: "HOSTNAME", problem });
  }
  if (!isLoopbackHost(publicUrl.hostname)) {
    const problem = `is ${publicUrl.origin}, an address that other machines open. ${way}`;
    mistakes.push({ setting: "ROLLCALL_URL", problem });
  }
  return mistakes;
}

function findProviderMistakes(environment: Environment): SettingsMistake[] {
  return providerSettings.flatMap((provider) => {
    const parts = ["CLIENT_ID", "CLIENT_SECRET", ...(provider === "OIDC" ? ["ISSUER"] : [])].map(
      (part) => `ROLLCALL_${provider}_${part}`,
    );
    const values: Readonly<Record<string, unknown>> = environment;
    const missing = parts.filter((part) => values[part] === undefined);
    if (missing.length === 0 || missing.length === parts.length) return [];
    const problem = `is not set, although ${parts.find((part) => !missing.includes(part)) ?? ""} is. Signing in needs ${parts.join(", ")}.`;
    return missing.map((setting) => ({ setting, problem }));
  });
}

function findSignInMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  const mistakes: SettingsMistake[] = [];
  const providers = toProviders(environment);
  const rules = [...environment.ROLLCALL_VIEWERS, ...environment.ROLLCALL_ADMINISTRATORS];
  if (publicUrl.protocol !== "https:" && !isLoopbackHost(publicUrl.hostname)) {
    mistakes.push({
      setting: "ROLLCALL_URL",
      problem: `is ${publicUrl.origin}. Signing in needs https, except on this very machine: put a reverse proxy with a certificate in front.`,
    });
  }
  if (providers.length > 0 && rules.length === 0) {
    mistakes.push({
      setting: "ROLLCALL_VIEWERS",
      problem: `and ROLLCALL_ADMINISTRATORS are both empty, so nobody could enter through ${providers.map(({ name }) => name).join(" or ")}. Name addresses, domains (@example.com) or groups (group:NAME).`,
    });
  }
  if (environment.ROLLCALL_ADMINISTRATORS.some(({ orgs }) => orgs !== null)) {
    mistakes.push({
      setting: "ROLLCALL_ADMINISTRATORS",
      problem:
        "limits a rule with “ in ORG”. Administrators read the audit log, the diagnostics, all sessions and all screens, which belong to no organization: take the limit off, or move the rule to ROLLCALL_VIEWERS.",
    });
  }
  if (providers.length === 0 && rules.length > 0) {
    mistakes.push({
      setting: environment.ROLLCALL_VIEWERS.length > 0 ? "ROLLCALL_VIEWERS" : "ROLLCALL_ADMINISTRATORS",
      problem:
        "says who may enter through an identity provider, but none is set. Set ROLLCALL_OIDC_ISSUER, ROLLCALL_GITHUB_CLIENT_ID or ROLLCALL_GOOGLE_CLIENT_ID with what belongs to it.",
    });
  }
  if (providers.length === 0 && environment.ROLLCALL_PASSWORDS === "off") {
    mistakes.push({
      setting: "ROLLCALL_PASSWORDS",
      problem: "is off and no identity provider is set, so nobody could sign in.",
    });
  }
  if (
    providers.length > 0 &&
    environment.DATABASE_URL.engine === "postgres" &&
    environment.ROLLCALL_SECRET === undefined
  ) {
    mistakes.push({
      setting: "ROLLCALL_SECRET",
      problem:
        "is not set. With PostgreSQL there may be several instances, and a sign-in that begins at one may end at another: give all of them the same secret of 32 characters or more.",
    });
  }
  return mistakes;
}

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

/** Those of which nothing is missing. */
function toProviders(environment: Environment): ProviderSettings[] {
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

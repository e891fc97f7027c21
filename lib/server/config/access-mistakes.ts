import "server-only";

import type { Environment } from "./environment";
import { isLoopbackHost } from "./network";
import type { SettingsMistake } from "./issues";
import { toProviders } from "./access";

/** Everything that is half set or would leave a door open. */
export function findAccessMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  return environment.ROLLCALL_ACCESS === "open"
    ? findOpenMistakes(environment, publicUrl)
    : [...findProviderMistakes(environment), ...findSignInMistakes(environment, publicUrl)];
}

function findOpenMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  if (environment.ROLLCALL_ALLOW_ANONYMOUS === "yes") return [];
  const way =
    "With ROLLCALL_ACCESS=open everybody who reaches it may read. Use ROLLCALL_ACCESS=sign-in, keep it on this machine, or confirm it with ROLLCALL_ALLOW_ANONYMOUS=yes.";
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

const providerSettings = ["OIDC", "GITHUB", "GOOGLE"] as const;

/** Settings of a provider that are missing beside others that are set. */
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

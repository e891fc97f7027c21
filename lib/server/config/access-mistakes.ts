import "server-only";

import type { Environment } from "./environment";
import { isLoopbackHost } from "./network";
import type { SettingsMistake } from "./issues";
import { toProviders } from "./access";

/** Every access setting that is incomplete or unsafe. */
export function findAccessMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  const access =
    environment.ROLLCALL_ACCESS === "open"
      ? findOpenMistakes(environment, publicUrl)
      : [...findProviderMistakes(environment), ...findSignInMistakes(environment, publicUrl)];
  return [...access, ...findDemoMistakes(environment, publicUrl)];
}

/** The demo's strip steers a simulator, and its account is known to everyone: it is for one person on one machine. */
function findDemoMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  const isHere = isLoopbackHost(environment.HOSTNAME) && isLoopbackHost(publicUrl.hostname);
  if (environment.ROLLCALL_DEMO_CONTROL === undefined) return [];
  if (isHere) return [];
  const problem = "is for the demo only, which listens on this machine. Unset it.";
  return [{ setting: "ROLLCALL_DEMO_CONTROL", problem }];
}

function findOpenMistakes(environment: Environment, publicUrl: URL): SettingsMistake[] {
  if (environment.ROLLCALL_ALLOW_ANONYMOUS === "yes") return [];
  const way =
    "With ROLLCALL_ACCESS=open, anyone who can connect can read everything. Use ROLLCALL_ACCESS=sign-in, listen on this machine only, or confirm open access with ROLLCALL_ALLOW_ANONYMOUS=yes.";
  const mistakes: SettingsMistake[] = [];
  if (!isLoopbackHost(environment.HOSTNAME)) {
    const problem = `is ${environment.HOSTNAME}, which other machines can reach. ${way}`;
    mistakes.push({ setting: "HOSTNAME", problem });
  }
  if (!isLoopbackHost(publicUrl.hostname)) {
    const problem = `is ${publicUrl.origin}, which other machines can open. ${way}`;
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
      problem: `is ${publicUrl.origin}. Sign-in requires https, except on this machine: put a reverse proxy with a certificate in front.`,
    });
  }
  if (providers.length > 0 && rules.length === 0) {
    mistakes.push({
      setting: "ROLLCALL_VIEWERS",
      problem: `and ROLLCALL_ADMINISTRATORS are both empty, so no one could sign in with ${providers.map(({ name }) => name).join(" or ")}. List addresses, domains (@example.com) or groups (group:NAME).`,
    });
  }
  if (environment.ROLLCALL_ADMINISTRATORS.some(({ orgs }) => orgs !== null)) {
    mistakes.push({
      setting: "ROLLCALL_ADMINISTRATORS",
      problem:
        "limits a rule with “ in ORG”. Administrators can read the audit log, the diagnostics, all sessions and all screens, which belong to no organization: remove the limit, or move the rule to ROLLCALL_VIEWERS.",
    });
  }
  if (providers.length === 0 && rules.length > 0) {
    mistakes.push({
      setting: environment.ROLLCALL_VIEWERS.length > 0 ? "ROLLCALL_VIEWERS" : "ROLLCALL_ADMINISTRATORS",
      problem:
        "lists who can sign in with an identity provider, but none is set. Set ROLLCALL_OIDC_ISSUER, ROLLCALL_GITHUB_CLIENT_ID or ROLLCALL_GOOGLE_CLIENT_ID, and the settings that go with it.",
    });
  }
  if (providers.length === 0 && environment.ROLLCALL_PASSWORDS === "off") {
    mistakes.push({
      setting: "ROLLCALL_PASSWORDS",
      problem:
        "is off and no identity provider is set, so no one could sign in. Turn it on, or set up an identity provider.",
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
        "is not set. With PostgreSQL there may be several instances, and a sign-in that starts on one may end on another: give all of them the same secret of at least 32 characters.",
    });
  }
  return mistakes;
}

const providerSettings = ["OIDC", "GITHUB", "GOOGLE"] as const;

/** Settings that are missing for a provider that is partly set up. */
function findProviderMistakes(environment: Environment): SettingsMistake[] {
  return providerSettings.flatMap((provider) => {
    const parts = ["CLIENT_ID", "CLIENT_SECRET", ...(provider === "OIDC" ? ["ISSUER"] : [])].map(
      (part) => `ROLLCALL_${provider}_${part}`,
    );
    const values: Readonly<Record<string, unknown>> = environment;
    const missing = parts.filter((part) => values[part] === undefined);
    if (missing.length === 0 || missing.length === parts.length) return [];
    const problem = `is not set, but ${parts.find((part) => !missing.includes(part)) ?? ""} is. Sign-in with this provider needs ${parts.join(", ")}.`;
    return missing.map((setting) => ({ setting, problem }));
  });
}

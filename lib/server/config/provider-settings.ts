import "server-only";

import type { Environment } from "./environment";
import type { SettingsMistake } from "./mistake";

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

const providerSettings = ["OIDC", "GITHUB", "GOOGLE"] as const;

/** Settings of a provider that are missing beside others that are set. */
export function findProviderMistakes(environment: Environment): SettingsMistake[] {
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

import "server-only";

import { toAccountName, toClaims, type ProviderProfile } from "@/lib/server/access/claims";
import { toGrant } from "@/lib/server/access/entry-rules";
import type { ProviderSettings } from "@/lib/server/config/access";
import { rollcall } from "@/lib/server/wiring";

import { logRejection } from "./log-rejection";
import { startSession } from "./sessions";

/**
 * Decides about somebody whom an identity provider has let in. Resolves with the cookie of a new session, or
 * with what they are called where no rule lets them in here.
 */
export async function enterThroughProvider(
  provider: ProviderSettings,
  client: { id: string; profile: ProviderProfile },
  headers: Headers,
): Promise<{ cookie: string } | { refused: string }> {
  const { access } = rollcall().settings;
  if (access.kind === "open") return { refused: "openAccess" };
  const claims = toClaims(client.profile, provider.groupsClaim, access.rules);
  const account = toAccountName(client.profile, claims);
  if (client.id === "" || toGrant(claims, access.rules) === null) {
    await logRejection(account, "not let in", `no rule lets them in (${provider.name})`);
    return { refused: account };
  }
  const { address, values } = claims;
  const identity = {
    kind: "provider" as const,
    provider: provider.id,
    address,
    values: Object.fromEntries(Object.entries(values).map(([claim, texts]) => [claim, [...texts]])),
  };
  const subject = `${provider.id}:${provider.issuer.href}:${client.id}`;
  return { cookie: await startSession({ subject, account, identity }, headers) };
}

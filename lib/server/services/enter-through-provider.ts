import "server-only";

import { toAccountName, toClaims, type ProviderProfile } from "@/lib/server/access/claims";
import { toGrant } from "@/lib/server/access/entry-rules";
import type { ProviderSettings } from "@/lib/server/config/provider-settings";
import { rollcall } from "@/lib/server/wiring";

import { noteRefusal } from "./note-refusal";
import { startSession } from "./sessions";

/**
 * Decides about somebody whom an identity provider has let in. Resolves with the cookie of a new session, or
 * with what they are called where no rule lets them in here.
 */
export async function enterThroughProvider(
  provider: ProviderSettings,
  visitor: { id: string; profile: ProviderProfile },
  headers: Headers,
): Promise<{ cookie: string } | { refused: string }> {
  const { access } = rollcall().settings;
  if (access.kind === "open") return { refused: "everybody" };
  const claims = toClaims(visitor.profile, provider.groupsClaim, access.rules);
  const account = toAccountName(visitor.profile, claims);
  if (visitor.id === "" || toGrant(claims, access.rules) === null) {
    await noteRefusal(account, "not let in", `no rule lets them in (${provider.name})`);
    return { refused: account };
  }
  const { address, values } = claims;
  const identity = {
    kind: "provider" as const,
    provider: provider.id,
    address,
    values: Object.fromEntries(Object.entries(values).map(([claim, texts]) => [claim, [...texts]])),
  };
  const subject = `${provider.id}:${provider.issuer.href}:${visitor.id}`;
  return { cookie: await startSession({ subject, account, identity }, headers) };
}

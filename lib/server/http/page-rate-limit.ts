import "server-only";

import { second } from "@/lib/domain/instant";
import { readCookie } from "@/lib/server/access/cookies";
import { hashText } from "@/lib/server/access/secret-token";
import { toClientAddress } from "@/lib/server/access/client-address";

/**
 * Counts a request for a page or a preview picture, which cost the most to draw, and says for how many seconds its
 * visitor has to wait; null: not at all. Reads the running instance itself, because proxy.ts loads nothing of it.
 */
export function notePageRequest(headers: Headers, path: string): number | null {
  const running = globalThis.rollcallStarted;
  if (running === undefined) return null;
  const { access, publicUrl } = running.settings;
  const cookies = headers.get("cookie");
  const shown =
    /^\/share\/([^/]+)/.exec(path)?.[1] ??
    readCookie(cookies, "session", publicUrl) ??
    readCookie(cookies, "screen", publicUrl);
  const address = toClientAddress(headers, access.trustedProxies)?.near ?? null;
  const wait = running.rateLimit.notePage(shown === null ? null : hashText(shown), address);
  return wait === null ? null : Math.ceil(wait / second);
}

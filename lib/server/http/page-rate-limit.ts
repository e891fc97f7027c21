import "server-only";

import { second } from "@/lib/domain/instant";
import { toClientAddress } from "@/lib/server/access/client-address";
import { readCookie } from "@/lib/server/access/cookies";
import type { PageKey } from "@/lib/server/access/rate-limit";
import { hashText } from "@/lib/server/access/secret-token";
import { findContext } from "@/lib/server/context";

/**
 * Counts a request for a page or a preview picture, the most expensive ones to render. Returns the seconds to wait, or
 * null if the request is within its limits.
 */
export function notePageRequest(headers: Headers, path: string): number | null {
  const ctx = findContext();
  if (ctx === null) return null;
  const { access, publicUrl } = ctx.settings;
  const address = toClientAddress(headers, access.trustedProxies)?.near ?? null;
  const wait = ctx.rateLimit.notePage(toPageKey(headers, path, publicUrl), address);
  return wait === null ? null : Math.ceil(wait / second);
}

function toPageKey(headers: Headers, path: string, publicUrl: URL): PageKey | null {
  const token = /^\/share\/([^/]+)/.exec(path)?.[1];
  if (token !== undefined) return { kind: "link", hash: hashText(token) };
  const cookies = headers.get("cookie");
  const cookie = readCookie(cookies, "session", publicUrl) ?? readCookie(cookies, "screen", publicUrl);
  return cookie === null ? null : { kind: "cookie", hash: hashText(cookie) };
}

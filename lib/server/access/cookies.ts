import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { day, second } from "@/lib/domain/instant";

/**
 * Cookies of ours. Four hold a secret: who signed in, which screen this is, which pairing it waits for, and that an
 * account signed in here before. The fifth, "outcome", tells the next page what came of a form.
 */
export type CookieName = "session" | "screen" | "pairing" | "known" | "outcome";

/** The longest time that browsers keep a cookie. */
export const longestCookie: Duration = 400 * day;

/**
 * The name as the browser knows it. `__Host-` binds a cookie to https, this very host and its root; only on
 * loopback, where http is allowed, it cannot be had.
 */
function toCookieName(name: CookieName, publicUrl: URL): string {
  return publicUrl.protocol === "https:" ? `__Host-rollcall-${name}` : `rollcall-${name}`;
}

/** What a request brings under this name; null where it brings none. */
export function readCookie(header: string | null, name: CookieName, publicUrl: URL): string | null {
  if (header === null) return null;
  const prefix = `${toCookieName(name, publicUrl)}=`;
  const found = header.split(";").find((part) => part.trimStart().startsWith(prefix));
  return found?.trim().slice(prefix.length) ?? null;
}

type CookieOptions = { publicUrl: URL; lifetime: Duration };

/** A Set-Cookie header. An empty value takes the cookie away. */
export function writeCookie(name: CookieName, value: string, options: CookieOptions): string {
  const secure = options.publicUrl.protocol === "https:" ? "; Secure" : "";
  return `${toStart(name, value, options)}; SameSite=Lax${secure}`;
}

/**
 * The Set-Cookie headers of a cookie that has to work in a frame of another site: one for each site that frames us
 * (CHIPS, `Partitioned`). The unpartitioned cookie of the same name goes, because browsers would send both. Only
 * with https, which `Partitioned` requires.
 */
export function writeFramedCookie(name: CookieName, value: string, options: CookieOptions): string[] {
  return [
    writeCookie(name, "", options),
    `${toStart(name, value, options)}; SameSite=None; Secure; Partitioned`,
  ];
}

function toStart(name: CookieName, value: string, { publicUrl, lifetime }: CookieOptions): string {
  const age = value === "" ? 0 : Math.round(lifetime / second);
  return `${toCookieName(name, publicUrl)}=${value}; Path=/; Max-Age=${age}; HttpOnly`;
}

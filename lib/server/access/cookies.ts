import "server-only";

import { parseCookie, stringifySetCookie, type SetCookie } from "cookie";

import { day, second, type Duration } from "@/lib/domain/instant";

/**
 * Rollcall's own cookies. Four hold a secret: the session, the screen's pass, the pairing that a screen waits for, and
 * proof that an account signed in here before. The fifth, "outcome", passes a form's result to the next page.
 */
export type CookieName = "session" | "screen" | "pairing" | "known" | "outcome";

/** The longest lifetime that browsers accept. */
export const longestCookie: Duration = 400 * day;

/**
 * `__Host-` binds a cookie to https, this exact host and path /. Below a path `__Secure-` and the cookie's own path stand
 * in, so that other tools on the host neither get nor overwrite it. Plain http, allowed on loopback only, has no prefix.
 */
function toCookieName(name: CookieName, publicUrl: URL): string {
  if (publicUrl.protocol !== "https:") return `rollcall-${name}`;
  return `${publicUrl.pathname === "/" ? "__Host" : "__Secure"}-rollcall-${name}`;
}

/** The value of this cookie in a Cookie header; null if it is not there. */
export function readCookie(header: string | null, name: CookieName, publicUrl: URL): string | null {
  if (header === null) return null;
  return parseCookie(header)[toCookieName(name, publicUrl)] ?? null;
}

type CookieOptions = { publicUrl: URL; lifetime: Duration };

/** A Set-Cookie header. An empty value deletes the cookie. */
export function writeCookie(name: CookieName, value: string, options: CookieOptions): string {
  return stringifySetCookie({
    ...toCookie(name, value, options),
    sameSite: "lax",
    secure: options.publicUrl.protocol === "https:",
  });
}

/**
 * The Set-Cookie headers of a cookie that may have to work in a frame on another site. If `isFramed`, it is partitioned
 * (CHIPS): one cookie for each framing site, which needs https. A browser sends a partitioned and a plain cookie of one
 * name both, so the other variant is always deleted, in case the setting changed since it was set.
 */
export function writeFrameableCookie(
  name: CookieName,
  value: string,
  { isFramed, ...options }: CookieOptions & { isFramed: boolean },
): string[] {
  if (options.publicUrl.protocol !== "https:") return [writeCookie(name, value, options)];
  const writePartitioned = (each: string) =>
    stringifySetCookie({
      ...toCookie(name, each, options),
      sameSite: "none",
      secure: true,
      partitioned: true,
    });
  return isFramed
    ? [writeCookie(name, "", options), writePartitioned(value)]
    : [writePartitioned(""), writeCookie(name, value, options)];
}

function toCookie(name: CookieName, value: string, { publicUrl, lifetime }: CookieOptions): SetCookie {
  return {
    name: toCookieName(name, publicUrl),
    value,
    path: publicUrl.pathname,
    maxAge: value === "" ? 0 : Math.round(lifetime / second),
    httpOnly: true,
  };
}

import "server-only";

import { pagePaths } from "@/lib/contract/paths";
import type { ClaimView, Pairing } from "@/lib/contract/screen";
import { day, minute, type Duration } from "@/lib/domain/instant";
import {
  longestCookie,
  readCookie,
  writeFrameableCookie,
  type CookieName,
} from "@/lib/server/access/cookies";
import {
  deriveSecretToken,
  hashScreenCode,
  hashSecretToken,
  newScreenCode,
  newSecretToken,
} from "@/lib/server/access/secret-token";
import { toPeerAddress, toClientAddress } from "@/lib/server/access/client-address";
import type { Context } from "@/lib/server/context";
import type { AttemptLimit } from "@/lib/server/db/attempts";

import { tooMany } from "./errors";

export const codeLifetime: Duration = 10 * minute;
/** Longer than the code's, so that an expired code differs from a cookie that the browser did not keep. */
const deviceLifetime: Duration = day;

/**
 * How many codes one address (an IPv6 /64) gets in 10 minutes, and one /48. `peer` is the limit for the other end of
 * the connection if no proxy is trusted: it may be a proxy that many screens share.
 */
const mostCodes = { address: 60, wide: 600, peer: 600 } as const;

/**
 * Begins the pairing of a screen: returns a code for it to show, and cookies with which it fetches its pass. A code
 * that the same browser showed before becomes invalid. Throws too_many.
 */
export async function beginPairing(
  ctx: Context,
  headers: Headers,
): Promise<{ view: Pairing; cookies: string[] }> {
  const { clock, history, settings } = ctx;
  const { at } = clock();
  for (const limit of toLimits(ctx, headers)) {
    const room = await history.attempts.take(limit, at);
    if ("nextAt" in room)
      throw tooMany("Too many screens asked for a code from your network.", room.nextAt - at);
  }
  const [code, device] = [newScreenCode(), newSecretToken()];
  const expiresAt = at + codeLifetime;
  const hashes = { deviceHash: hashSecretToken(device) ?? "", codeHash: hashScreenCode(code) ?? "" };
  await history.screens.beginPairing({ ...hashes, expiresAt }, at, { former: readDeviceHash(ctx, headers) });
  const { publicUrl } = settings;
  return {
    view: { code, url: new URL(pagePaths.pair(code), publicUrl).href, expiresAt },
    cookies: writeScreenCookie(ctx, headers, { name: "pairing", value: device, lifetime: deviceLifetime }),
  };
}

function toLimits({ settings }: Context, headers: Headers): AttemptLimit[] {
  const { trustedProxies } = settings.access;
  const limit = (key: string, most: number) => ({ key: `pairing ${key}`, most, within: codeLifetime });
  const address = toClientAddress(headers, trustedProxies);
  if (address === null) return [limit(toPeerAddress(headers)?.near ?? "", mostCodes.peer)];
  const wide = address.wide === null ? [] : [limit(address.wide, mostCodes.wide)];
  return [limit(address.near, mostCodes.address), ...wide];
}

/** A first cookie for a browser to send back. Nothing is stored until the browser sends it. */
export function offerDeviceCookie(ctx: Context, headers: Headers): string[] {
  return writeScreenCookie(ctx, headers, {
    name: "pairing",
    value: newSecretToken(),
    lifetime: deviceLifetime,
  });
}

/** Whether the screen that asks was approved; if so, `cookies` hold its pass, which appears nowhere else. */
export async function claimPass(
  ctx: Context,
  headers: Headers,
): Promise<{ view: ClaimView; cookies: string[] }> {
  const { clock, history } = ctx;
  const device = readDevice(ctx, headers);
  const deviceHash = device === null ? null : hashSecretToken(device);
  if (device === null || deviceHash === null) return { view: { state: "no_cookie" }, cookies: [] };
  // Derived from the device's own secret, so that asking again after a lost response gives the same pass.
  const pass = deriveSecretToken(device, "pass of a screen");
  const claim = await history.screens.claim(deviceHash, hashSecretToken(pass) ?? "", clock().at);
  if (claim.state !== "approved") return { view: { state: claim.state }, cookies: [] };
  return {
    view: { state: "approved" },
    cookies: [
      // The pass on the server expires earlier, unless the screen keeps being seen.
      ...writeScreenCookie(ctx, headers, { name: "screen", value: pass, lifetime: longestCookie }),
      ...writeScreenCookie(ctx, headers, { name: "pairing", value: "", lifetime: 0 }),
    ],
  };
}

function readDeviceHash(ctx: Context, headers: Headers): string | null {
  const device = readDevice(ctx, headers);
  return device === null ? null : hashSecretToken(device);
}

function readDevice({ settings }: Context, headers: Headers): string | null {
  return readCookie(headers.get("cookie"), "pairing", settings.publicUrl);
}

/**
 * Inside a frame of an origin in ROLLCALL_FRAME_ANCESTORS browsers keep only partitioned cookies. Browsers too old to
 * send Sec-Fetch-Site reject those, and get plain ones.
 */
function writeScreenCookie(
  { settings }: Context,
  headers: Headers,
  { name, value, lifetime }: { name: CookieName; value: string; lifetime: Duration },
): string[] {
  const { frameAncestors, publicUrl } = settings;
  const isFramed = frameAncestors.length > 0 && headers.has("sec-fetch-site");
  return writeFrameableCookie(name, value, { publicUrl, lifetime, isFramed });
}

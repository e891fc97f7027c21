import "server-only";

import * as z from "zod/mini";

import { pagePaths } from "@/lib/contract/paths";
import { pairingSchema, type ClaimView } from "@/lib/contract/screen";
import { day, minute, type Duration, type Instant } from "@/lib/domain/instant";
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
import type { AttemptLimit } from "@/lib/server/db/attempts";
import { rollcall } from "@/lib/server/wiring";

export const codeLifetime: Duration = 10 * minute;
/** Longer than the code, so that a code that is over is told from a cookie that did not stick. */
const deviceLifetime: Duration = day;

/**
 * How many codes one address (an IPv6 /64) gets in 10 minutes, and one /48; and the other end of a connection where
 * no proxy is trusted, which may be a proxy that many screens share.
 */
const mostCodes = { address: 60, wide: 600, peer: 600 } as const;

/** What a request to wait, or to approve, is answered with when there were too many. */
export type TooMany = { kind: "wait"; until: Instant };

/**
 * Begins the pairing of a screen: a code for it to show, and cookies by which it fetches its pass. A code that the
 * same browser was shown before is over.
 */
export async function beginPairing(
  headers: Headers,
): Promise<{ view: z.input<typeof pairingSchema>; cookies: string[] } | TooMany> {
  const { clock, history, settings } = rollcall();
  const { at } = clock();
  for (const limit of toLimits(headers)) {
    const room = await history.attempts.take(limit, at);
    if ("nextAt" in room) return { kind: "wait", until: room.nextAt };
  }
  const [code, device] = [newScreenCode(), newSecretToken()];
  const expiresAt = at + codeLifetime;
  const hashes = { deviceHash: hashSecretToken(device) ?? "", codeHash: hashScreenCode(code) ?? "" };
  await history.screens.beginPairing({ ...hashes, expiresAt }, at, { former: readDeviceHash(headers) });
  const { publicUrl } = settings;
  return {
    view: z.encode(pairingSchema, { code, url: new URL(pagePaths.pair(code), publicUrl).href, expiresAt }),
    cookies: writeScreenCookie(headers, "pairing", device, deviceLifetime),
  };
}

function toLimits(headers: Headers): AttemptLimit[] {
  const { trustedProxies } = rollcall().settings.access;
  const limit = (key: string, most: number) => ({ key: `pairing ${key}`, most, within: codeLifetime });
  const address = toClientAddress(headers, trustedProxies);
  if (address === null) return [limit(toPeerAddress(headers)?.near ?? "", mostCodes.peer)];
  const wide = address.wide === null ? [] : [limit(address.wide, mostCodes.wide)];
  return [limit(address.near, mostCodes.address), ...wide];
}

/** A first cookie for a browser to send back, before which nothing is made for it. */
export function offerDeviceCookie(headers: Headers): string[] {
  return writeScreenCookie(headers, "pairing", newSecretToken(), deviceLifetime);
}

/** Whether the screen that asks was approved; if so, `cookies` hold its pass, which is told nowhere else. */
export async function claimPass(headers: Headers): Promise<{ view: ClaimView; cookies: string[] }> {
  const { clock, history } = rollcall();
  const device = readDevice(headers);
  const deviceHash = device === null ? null : hashSecretToken(device);
  if (device === null || deviceHash === null) return { view: { state: "no_cookie" }, cookies: [] };
  // Made from the device's own secret, so that asking again after a lost answer gives the same pass.
  const pass = deriveSecretToken(device, "pass of a screen");
  const claim = await history.screens.claim(deviceHash, hashSecretToken(pass) ?? "", clock().at);
  if (claim.state !== "approved") return { view: { state: claim.state }, cookies: [] };
  return {
    view: { state: "approved" },
    cookies: [
      // The pass itself slides while the screen is seen.
      ...writeScreenCookie(headers, "screen", pass, longestCookie),
      ...writeScreenCookie(headers, "pairing", "", 0),
    ],
  };
}

function readDeviceHash(headers: Headers): string | null {
  const device = readDevice(headers);
  return device === null ? null : hashSecretToken(device);
}

function readDevice(headers: Headers): string | null {
  return readCookie(headers.get("cookie"), "pairing", rollcall().settings.publicUrl);
}

/**
 * Inside a frame of an origin in ROLLCALL_FRAME_ANCESTORS browsers keep only partitioned cookies. Browsers too old to
 * send Sec-Fetch-Site reject those, and get plain ones.
 */
function writeScreenCookie(headers: Headers, name: CookieName, value: string, lifetime: Duration): string[] {
  const { frameAncestors, publicUrl } = rollcall().settings;
  const isFramed = frameAncestors.length > 0 && headers.has("sec-fetch-site");
  return writeFrameableCookie(name, value, { publicUrl, lifetime, isFramed });
}

import "server-only";

import { randomBytes } from "node:crypto";

import { parseDisplaySettings } from "@/lib/contract/parse-display-settings";
import { pagePaths } from "@/lib/contract/paths";
import { cookieProblem, gettingCode } from "@/lib/presentation/pairing-words";
import type { Context } from "@/lib/server/context";
import { ifReadable, isServiceError, orNotFound, toHistoryProblem } from "@/lib/server/services/errors";
import { identify } from "@/lib/server/services/identify";
import { readFleetFor } from "@/lib/server/services/fleet";
import { beginPairing, claimPass, offerDeviceCookie } from "@/lib/server/services/pairings";
import { readOwnScreen } from "@/lib/server/services/screens";

import { renderBasicPage, toBasicPairing, toBasicProblem, toBasicWall, type BasicPage } from "./basic-wall";
import { toErrorResponse } from "./errors";
import { contextOf, noteRequest, openContext } from "./guard";
import { toPageHeaders } from "./page-headers";

const askPairingAgainAfter = 5;
const tryAgainAfter = 30;
const tryPairingAgainAfter = 60;
/** Seconds before a new code, and the first wait for the cookie; later waits double up to 640 s. */
const pause = 10;
const mostTries = 7;

/**
 * The wall without scripts. A screen without access shows a pairing code and claims its pass when the page reloads.
 * Until then the code is in the address, because the database has only its hash.
 */
export async function basicWallRoute(request: Request): Promise<Response> {
  try {
    return await answer(openContext(request.headers), request);
  } catch (error) {
    if (isServiceError(error)) return toErrorResponse(error, null);
    const problem = toHistoryProblem(error);
    if (problem === null) contextOf(request.headers)?.log.error({ err: error }, "basic wall request failed");
    const words = problem ?? "Rollcall could not render this page. See the server's log.";
    return toPage(toBasicProblem(words), { refresh: tryAgainAfter, status: 503 });
  }
}

async function answer(ctx: Context, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const principal = await identify(ctx, request.headers);
  const wait = noteRequest(ctx, request.headers, principal);
  if (wait !== null) {
    const words = `Too many requests. This page tries again in ${wait} seconds.`;
    return toPage(toBasicProblem(words), { refresh: wait, status: 429, retryAfter: wait });
  }
  const fleet = await readFleetFor(ctx, principal);
  if (fleet === null) return pair(ctx, request, searchParams);
  const own = await ifReadable(orNotFound(() => readOwnScreen(ctx, principal)));
  const displaySettings = own?.body.displaySettings ?? parseDisplaySettings(Object.fromEntries(searchParams));
  const refresh = Math.min(15, Math.max(5, Math.ceil(fleet.nextPollIn / 1_000)));
  return toPage(toBasicWall(fleet.body, { displaySettings, age: fleet.age, now: ctx.clock().at }), {
    refresh,
  });
}

/**
 * Pairing for browsers without scripts. It has to happen on GET, so no code is created before the browser has returned
 * Rollcall's cookie once, and never on HEAD: previews, monitors and browsers without cookies create none.
 */
async function pair(ctx: Context, request: Request, query: URLSearchParams): Promise<Response> {
  if (request.method === "HEAD")
    return toPage(toBasicProblem("This screen is not paired."), { refresh: pause });
  const { view, cookies } = await claimPass(ctx, request.headers);
  if (view.state === "approved") return goTo(toAddress(query), cookies);
  if (view.state === "no_cookie") return offerCookie(ctx, request.headers, query);
  const code = query.get("code");
  if (code === null || !/^[B-Z]{4}-[B-Z]{4}$/.test(code)) return beginAnew(ctx, request.headers, query);
  if (view.state === "waiting") return toPairing(ctx, query, code);
  const words = `The code ${code} has expired. A new one follows in ${pause} seconds.`;
  return toPage(toBasicProblem(words), { refresh: toRefresh(pause, toAddress(query)) });
}

async function beginAnew(ctx: Context, headers: Headers, query: URLSearchParams): Promise<Response> {
  const begun = await beginPairing(ctx, headers).catch((error: unknown) => {
    if (isServiceError(error) && error.kind === "too_many") return null;
    throw error;
  });
  if (begun === null) {
    const words = "Too many screens asked for a code from this network. This page tries again every minute.";
    return toPage(toBasicProblem(words), {
      refresh: tryPairingAgainAfter,
      status: 429,
      retryAfter: tryPairingAgainAfter,
    });
  }
  return toPairing(ctx, query, begun.view.code, begun.cookies);
}

function toPairing(
  ctx: Context,
  query: URLSearchParams,
  code: string,
  cookies: readonly string[] = [],
): Promise<Response> {
  const url = new URL(pagePaths.pair(code), ctx.settings.publicUrl);
  const refresh = toRefresh(askPairingAgainAfter, toAddress(query, { code }));
  return toPage(toBasicPairing(code, `${url.host}${url.pathname}`), { refresh, cookies });
}

/** Offers the cookie. While the browser does not return it, the page waits longer each time. */
function offerCookie(ctx: Context, headers: Headers, query: URLSearchParams): Promise<Response> {
  const tries = Math.min(mostTries, Number(/^\d{1,2}$/.exec(query.get("try") ?? "")?.[0] ?? 0));
  const wait = tries === 0 ? 1 : pause * 2 ** (tries - 1);
  const { host } = ctx.settings.publicUrl;
  const words = tries === 0 ? gettingCode : `${cookieProblem(host)} The next try is in ${wait} seconds.`;
  const refresh = toRefresh(wait, toAddress(query, { try: String(tries + 1) }));
  return toPage(toBasicProblem(words), { refresh, cookies: offerDeviceCookie(ctx, headers) });
}

/** The address of this page with the same display settings and the state of the pairing. */
function toAddress(query: URLSearchParams, pairing: { code?: string; try?: string } = {}): string {
  const next = new URLSearchParams(query);
  next.delete("code");
  next.delete("try");
  for (const [name, value] of Object.entries(pairing)) next.set(name, value);
  const text = next.toString();
  return `${pagePaths.basicWall}${text === "" ? "" : `?${text}`}`;
}

function toRefresh(seconds: number, address: string): string {
  return `${seconds}; url=${address}`;
}

function goTo(address: string, cookies: readonly string[]): Response {
  const headers = new Headers({
    location: address,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** The headers of every page; the content security policy also suits browsers that know only its first version. */
async function toPage(
  page: BasicPage,
  options: { refresh: number | string; status?: number; cookies?: readonly string[]; retryAfter?: number },
) {
  const nonce = randomBytes(16).toString("base64");
  const headers = toPageHeaders(nonce, pagePaths.basicWall);
  const policy = headers["content-security-policy"] ?? "";
  const ancestors = /frame-ancestors [^;]*/.exec(policy)?.[0] ?? "frame-ancestors 'none'";
  const answer = new Response(await renderBasicPage(page, { nonce, refresh: options.refresh }), {
    status: options.status ?? 200,
    headers: {
      ...headers,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline' 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; ${ancestors}`,
    },
  });
  if (options.retryAfter !== undefined) answer.headers.set("retry-after", String(options.retryAfter));
  for (const cookie of options.cookies ?? []) answer.headers.append("set-cookie", cookie);
  return answer;
}

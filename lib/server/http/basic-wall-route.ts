import "server-only";

import { randomBytes } from "node:crypto";

import { pagePaths } from "@/lib/contract/paths";
import { parseShows } from "@/lib/contract/parse-shows";
import { identify } from "@/lib/server/services/identify";
import { toHistoryProblem } from "@/lib/server/services/history-unavailable";
import { readFleetFor } from "@/lib/server/services/read-fleet";
import { beginPairing, claimPass, readOwnScreen } from "@/lib/server/services/screens";
import { rollcall } from "@/lib/server/wiring";

import { refuseUnheard } from "./admit";
import { drawBasicPairing, drawBasicProblem, drawBasicWall } from "./draw-basic-wall";
import { toPageHeaders } from "./page-headers";

const askPairingAgainAfter = 5;
const tryAgainAfter = 30;

/**
 * The wall without scripts. Whoever may not look is shown a code; the page fetches the pass itself when it loads
 * again, and its address carries the code meanwhile, for the database knows only its hash.
 */
export async function basicWallRoute(request: Request): Promise<Response> {
  const unheard = refuseUnheard(request.headers);
  if (unheard !== null) return unheard;
  try {
    return await answer(request);
  } catch (error) {
    const problem = toHistoryProblem(error);
    if (problem === null)
      rollcall().log.error({ fault: String(error) }, "The basic wall could not be drawn.");
    const words = problem ?? "Rollcall could not draw this page. The log of the server says more.";
    return toPage(drawBasicProblem(words), { refresh: tryAgainAfter, status: 503 });
  }
}

async function answer(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const principal = await identify(request.headers);
  const fleet = await readFleetFor(principal);
  if (fleet === null) return pair(request, searchParams);
  const own = await readOwnScreen(principal);
  const shows = own?.body.shows ?? parseShows(Object.fromEntries(searchParams));
  const refresh = Math.min(15, Math.max(5, Math.ceil(fleet.nextPollIn / 1_000)));
  return toPage(drawBasicWall(fleet.body, { shows, age: fleet.age, now: rollcall().clock().at }), {
    refresh,
  });
}

async function pair(request: Request, query: URLSearchParams): Promise<Response> {
  const { view, cookies } = await claimPass(request.headers);
  if (view.state === "approved") return goTo(toAddress(query, null), cookies);
  const code = query.get("code");
  if (view.state === "waiting" && code !== null && /^[B-Z]{4}-[B-Z]{4}$/.test(code)) {
    const url = new URL(pagePaths.pair(code), rollcall().settings.publicUrl);
    return toPage(drawBasicPairing(code, `${url.host}${url.pathname}`), { refresh: askPairingAgainAfter });
  }
  const begun = await beginPairing();
  if ("kind" in begun) {
    const words = "Too many screens are waiting to be paired. This page tries again by itself.";
    return toPage(drawBasicProblem(words), { refresh: tryAgainAfter, status: 429 });
  }
  return goTo(toAddress(query, begun.view.code), [begun.cookie]);
}

/** This page again, with what it was asked to show, and the code that it is to show now. */
function toAddress(query: URLSearchParams, code: string | null): string {
  const next = new URLSearchParams(query);
  next.delete("code");
  if (code !== null) next.set("code", code);
  const text = next.toString();
  return `${pagePaths.basicWall}${text === "" ? "" : `?${text}`}`;
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

/** Headers as every page has them; the policy is written for browsers that know only its first version, too. */
function toPage(
  draw: (nonce: string, refresh: number) => string,
  options: { refresh: number; status?: number },
) {
  const nonce = randomBytes(16).toString("base64");
  const headers = toPageHeaders(nonce, pagePaths.basicWall);
  const policy = headers["content-security-policy"] ?? "";
  const ancestors = /frame-ancestors [^;]*/.exec(policy)?.[0] ?? "frame-ancestors 'none'";
  return new Response(draw(nonce, options.refresh), {
    status: options.status ?? 200,
    headers: {
      ...headers,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline' 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; ${ancestors}`,
    },
  });
}

import "server-only";

import { headers } from "next/headers";

import { second } from "@/lib/domain/instant";
import { readCookie, writeCookie } from "@/lib/server/access/cookies";
import { rollcall } from "@/lib/server/wiring";

const lifetime = 10 * second;
const longest = 300;

/** A cookie that tells the next page what came of a form; `page` is a path, and only that page shows it. */
export function writeFormOutcome(page: string, outcome: string, publicUrl: URL): string {
  const value = encodeURIComponent(`${page} ${Array.from(outcome).slice(0, longest).join("")}`);
  return writeCookie("outcome", value, { publicUrl, lifetime });
}

/** Takes away what an earlier form left. */
export function clearFormOutcome(publicUrl: URL): string {
  return writeCookie("outcome", "", { publicUrl, lifetime });
}

/** What such a cookie's value tells `page`; null where it tells another page, or nothing that can be read. */
export function parseFormOutcome(value: string, page: string): string | null {
  try {
    const text = decodeURIComponent(value);
    return text.startsWith(`${page} `) ? text.slice(page.length + 1) : null;
  } catch {
    return null;
  }
}

/** What came of the form that led to this page within the last 10 s, in words; null: none did. */
export async function readFormOutcome(page: string): Promise<string | null> {
  const cookie = readCookie((await headers()).get("cookie"), "outcome", rollcall().settings.publicUrl);
  return cookie === null ? null : parseFormOutcome(cookie, page);
}

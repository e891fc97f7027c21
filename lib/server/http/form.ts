import "server-only";

import { headers as requestHeaders } from "next/headers";
import * as z from "zod/mini";

import { second } from "@/lib/domain/instant";
import { readCookie, writeCookie } from "@/lib/server/access/cookies";
import type { Context } from "@/lib/server/context";

/** How browsers ask for a change with a form, before a page's scripts have loaded. Pages are our paths, with queries. */
export type FormDescription = {
  /** The change's body, as it would be in JSON. */
  toBody: (fields: URLSearchParams) => unknown;
  /** Where to go after the change, and what to say there; `answer` is the change's own response body. */
  done: (fields: URLSearchParams, answer: unknown, publicUrl: URL) => { to: string; outcome: string | null };
  /** The page with the form, which says why the change failed. */
  back: (fields: URLSearchParams, publicUrl: URL) => string;
};

const problemSchema = z.object({ detail: z.string() });

/** Answers a form with a redirect to the page that shows the outcome. Keeps the cookies of the change. */
export async function answerForm(
  response: Response,
  fields: URLSearchParams,
  form: FormDescription,
  publicUrl: URL,
): Promise<Response> {
  const json: unknown = await response.json().catch(() => null);
  const problem = problemSchema.safeParse(json);
  const { to, outcome } = response.ok
    ? form.done(fields, json, publicUrl)
    : {
        to: form.back(fields, publicUrl),
        outcome: problem.success ? problem.data.detail : "Something went wrong in Rollcall.",
      };
  const headers = new Headers({
    location: to,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const [page = to] = to.split("?");
  headers.append("set-cookie", writeOutcome(page, outcome, publicUrl));
  return new Response(null, { status: 303, headers });
}

const lifetime = 10 * second;
const longest = 300;

/** A cookie with the outcome of a form, shown only by `page` (a path); null deletes that of an earlier form. */
function writeOutcome(page: string, outcome: string | null, publicUrl: URL): string {
  if (outcome === null) return writeCookie("outcome", "", { publicUrl, lifetime: 0 });
  const value = `${page} ${Array.from(outcome).slice(0, longest).join("")}`;
  return writeCookie("outcome", value, { publicUrl, lifetime });
}

/** The outcome in such a cookie's value; null if it is for another page. */
export function parseFormOutcome(value: string, page: string): string | null {
  return value.startsWith(`${page} `) ? value.slice(page.length + 1) : null;
}

/** The outcome of the form that led to this page within the last 10 s; null if there was none. */
export async function readFormOutcome({ settings }: Context, page: string): Promise<string | null> {
  const cookie = readCookie((await requestHeaders()).get("cookie"), "outcome", settings.publicUrl);
  return cookie === null ? null : parseFormOutcome(cookie, page);
}

import "server-only";

import * as z from "zod/mini";

import { clearFormOutcome, writeFormOutcome } from "./form-outcome";
import { readBody } from "./read-body";

/**
 * How a change is asked for by a form, as browsers send it before a page's scripts are there. Pages are paths of
 * ours, queries included.
 */
export type FormDescription = {
  /** The change's body, as it would stand in JSON. */
  toBody: (fields: URLSearchParams) => unknown;
  /** Where a change that was made leads, and what is said there; `answer` is the change's own answer. */
  done: (fields: URLSearchParams, answer: unknown) => { to: string; outcome: string | null };
  /** The page with the form, which says why the change was not made. */
  back: (fields: URLSearchParams) => string;
};

/** The fields of a form, none of them where there is too much; null where a request is no form. */
export async function readFields(request: Request): Promise<URLSearchParams | null> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return null;
  return new URLSearchParams((await readBody(request)) ?? "");
}

const problemSchema = z.object({ detail: z.string() });

/** Answers a form with the page that says what came of it. The cookies of the change stay. */
export async function answerForm(
  response: Response,
  fields: URLSearchParams,
  form: FormDescription,
  publicUrl: URL,
): Promise<Response> {
  const json: unknown = await response.json().catch(() => null);
  const problem = problemSchema.safeParse(json);
  const { to, outcome } = response.ok
    ? form.done(fields, json)
    : {
        to: form.back(fields),
        outcome: problem.success ? problem.data.detail : "Rollcall could not do that.",
      };
  const headers = new Headers({
    location: to,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const [page = to] = to.split("?");
  headers.append(
    "set-cookie",
    outcome === null ? clearFormOutcome(publicUrl) : writeFormOutcome(page, outcome, publicUrl),
  );
  return new Response(null, { status: 303, headers });
}

import "server-only";

import type { Problem } from "@/lib/contract/problem";

const titles = {
  400: "Bad request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  429: "Too many requests",
  421: "Misdirected request",
  500: "Internal error",
  503: "Not ready",
} as const;

/** The body of an error answer. `detail` is for people and names no cause from inside. */
export function toProblem(status: keyof typeof titles, detail: string): Problem {
  return { type: "about:blank", title: titles[status], status, detail };
}

/** An error answer as RFC 9457 problem details. `detail` is for people and names no cause from inside. */
export function toProblemResponse(
  status: keyof typeof titles,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(toProblem(status, detail)), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

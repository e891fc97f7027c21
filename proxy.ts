import { randomBytes } from "node:crypto";

import { NextResponse, type NextRequest } from "next/server";

import { toPageHeaders } from "@/lib/server/http/page-headers";
import { notePageRequest } from "@/lib/server/http/page-rate-limit";

/** Pages only: the API and static files (also those of public/) have their own headers, and need no script policy. */
export const config = {
  // Names every file of public/: any other path, such as "/icon.gif", is a page.
  matcher: [
    "/((?!api/|livez$|readyz$|metrics$|cli/|badge/[^/]+$|wall/basic$|_next/static/|(?:icon\\.svg|(?:icon-192|icon-512|icon-maskable-512|apple-touch-icon)\\.png|manifest\\.webmanifest|robots\\.txt)$).*)",
  ],
};

/**
 * Gives every page its security headers and its scripts a nonce. Requests beyond the page limit get a 429 that reloads
 * by itself. Overwrites an inbound policy or nonce. Never the authorization boundary.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const pageHeaders = toPageHeaders(nonce, request.nextUrl.pathname);
  const wait = notePageRequest(request.headers, request.nextUrl.pathname);
  if (wait !== null) {
    return new NextResponse(`Too many requests. Try again in ${wait} s.\n`, {
      status: 429,
      headers: {
        ...pageHeaders,
        "content-type": "text/plain; charset=utf-8",
        "retry-after": String(wait),
        refresh: String(wait),
      },
    });
  }
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads its scripts' nonce from the request's policy.
  headers.set("content-security-policy", pageHeaders["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
  return response;
}

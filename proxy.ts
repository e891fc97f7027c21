import { randomBytes } from "node:crypto";

import { NextResponse, type NextRequest } from "next/server";

/** Pages only: the API and static files carry headers of their own and no policy for scripts. */
export const config = {
  matcher: ["/((?!api/|livez|readyz|metrics|badge/|_next/static/|favicon.ico|icon.svg).*)"],
};

const isDevelopment = process.env["NODE_ENV"] === "development";

/**
 * Gives every page its security headers and its scripts a nonce. Never the authorization boundary.
 * An inbound policy or nonce is overwritten, so that nobody can choose it.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = toPolicy(nonce);
  const requestHeaders = new Headers(request.headers);
  requestHeaders.set("x-nonce", nonce);
  requestHeaders.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  return response;
}

const pageHeaders = {
  "cache-control": "private, no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(self), screen-wake-lock=(self)",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function toPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    // The development server rebuilds modules with eval; a build never does.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

import "server-only";

import { isDevelopment } from "@/lib/server/config/is-development";

/** The headers of every page. `nonce` marks the scripts and styles that are ours. */
export function toPageHeaders(nonce: string) {
  return {
    "cache-control": "private, no-store",
    "content-security-policy": toPolicy(nonce),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(self), screen-wake-lock=(self)",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

function toPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    // The development server rebuilds modules with eval and writes styles without a nonce; a build does neither.
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

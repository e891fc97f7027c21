import "server-only";

import { isDevelopment, readProcessSettings, type Settings } from "@/lib/server/config/settings";

/** The requested path and query exactly as sent, written by before-next.ts. */
export const addressHeader = "rollcall-address";
/** The request's id in the logs, written by before-next.ts. */
export const requestIdHeader = "rollcall-request-id";

const twoYears = 63_072_000;

/** The headers of the page at `path`. `nonce` marks the scripts and styles that are ours. */
export function toPageHeaders(nonce: string, path: string): Record<string, string> {
  const { settings } = readProcessSettings();
  const isSecure = settings?.publicUrl.protocol === "https:";
  return {
    "cache-control": "private, no-store",
    "content-security-policy": toPolicy(nonce, path, settings),
    ...(isSecure ? { "strict-transport-security": `max-age=${twoYears}` } : {}),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(self), screen-wake-lock=(self)",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

/** Pages on which no click changes anything; on others a frame could be used to trick people into clicking. */
const mayBeFramed = /^\/(wall|share)(\/|$)/;

function toPolicy(nonce: string, path: string, settings: Settings | null): string {
  const access = settings?.access;
  const providers = access?.kind === "sign-in" ? access.providers.map(({ issuer }) => issuer.origin) : [];
  const ancestors = mayBeFramed.test(path) ? (settings?.frameAncestors ?? []) : [];
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
    ["form-action 'self'", ...providers].join(" "),
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(" ")}`,
  ].join("; ");
}

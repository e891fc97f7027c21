import "server-only";

import { basePath, belowBase } from "@/lib/contract/base-path";

const probe = /^\/(?:livez|readyz)(?:\?|$)/;

/**
 * The request target that is served for this one, under the base path `base`. Health checks need not know the base path:
 * a container's own does not. The base path itself gets its slash: without one Next passes by proxy.ts, and with it the
 * security headers of the page.
 */
export function toServedAddress(url: string, base = basePath): string {
  if (base === "") return url;
  const below = probe.test(url) ? url : belowBase(url, base);
  return below === null ? url : `${base}${below}`;
}

import "server-only";

import { basePath } from "@/lib/contract/base-path";

const probe = /^\/(?:livez|readyz)(?:\?|$)/;

/**
 * The request target that is served for this one, under the base path `base`. Health checks need not know the base path:
 * a container's own does not. The base path itself gets its slash: without one Next passes by proxy.ts, and with it the
 * security headers of the page.
 */
export function toServedAddress(url: string, base = basePath): string {
  if (base === "") return url;
  if (probe.test(url)) return `${base}${url}`;
  const rest = url.slice(base.length);
  return url.startsWith(base) && /^(?:\?|$)/.test(rest) ? `${base}/${rest}` : url;
}

import "server-only";

/**
 * Whether a request that changes something comes from a page of ours. Browsers say where a request comes from;
 * one that says another place, or nothing although it is a browser, is a page of somebody else's.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}

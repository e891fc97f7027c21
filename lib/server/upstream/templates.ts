import "server-only";

import { isEndpointId } from "@/lib/domain/endpoint-id";

/** The URL that tells the status of one endpoint. Throws for an id that could be anything but a name. */
export function endpointUrl(base: URL, endpointId: string): URL {
  return toUrl(base, ["management", "v1", "endpoints", toSegment(endpointId)]);
}

/** The URL that lists the endpoints of an organization. Throws as `endpointUrl` does. */
export function listingUrl(base: URL, org: string): URL {
  return toUrl(base, ["management", "v1", "orgs", toSegment(org), "endpoints"]);
}

function toSegment(name: string): string {
  if (!isEndpointId(name)) throw new RangeError("Not a name that can stand in an address.");
  return name;
}

/** Builds the address anew and makes sure that it went where it was meant to. */
function toUrl(base: URL, segments: readonly string[]): URL {
  const path = `${base.pathname.replace(/\/+$/, "")}/${segments.join("/")}`;
  // Parsed on its own, a path that begins with // would name another host.
  const url = new URL(base.origin + path);
  if (url.origin !== base.origin || url.pathname !== path)
    throw new RangeError("The address left its place.");
  return url;
}

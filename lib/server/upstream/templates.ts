import "server-only";

import { isEndpointId } from "@/lib/domain/endpoint-id";

/** The URL of one endpoint's status. Throws a RangeError for an invalid id. */
export function endpointUrl(base: URL, endpointId: string): URL {
  return toUrl(base, ["management", "v1", "endpoints", toSegment(endpointId)]);
}

/** The URL of an organization's endpoints. Throws a RangeError for an invalid name. */
export function listingUrl(base: URL, org: string): URL {
  return toUrl(base, ["management", "v1", "orgs", toSegment(org), "endpoints"]);
}

/** The URL of an organization's metrics. Throws a RangeError for an invalid id. */
export function metricsUrl(base: URL, organizationId: string): URL {
  return toUrl(base, ["api", "v1", "metrics", "organizations", toSegment(organizationId)]);
}

/** The URL of the open incidents of a status page. Source: the public API of Statuspage, version 2. */
export function incidentsUrl(base: URL): URL {
  return toUrl(base, ["api", "v2", "incidents", "unresolved.json"]);
}

/** The URL of the versions of an architecture. Throws a RangeError for an invalid name. */
export function versionsUrl(base: URL, org: string, modelArch: string): URL {
  return toUrl(base, versionsPath(org, modelArch));
}

/** The URL of one version, by its number or an alias. Throws a RangeError for an invalid name. */
export function versionUrl(base: URL, org: string, modelArch: string, version: string): URL {
  return toUrl(base, [...versionsPath(org, modelArch), toSegment(version)]);
}

function versionsPath(org: string, modelArch: string): string[] {
  return ["management", "v1", "orgs", toSegment(org), "models", toSegment(modelArch), "versions"];
}

function toSegment(name: string): string {
  if (!isEndpointId(name)) throw new RangeError("Not a valid name for an address.");
  return name;
}

/** Builds the address and verifies that parsing did not change its origin or path. */
function toUrl(base: URL, segments: readonly string[]): URL {
  const path = `${base.pathname.replace(/\/+$/, "")}/${segments.join("/")}`;
  // Parsed on its own, a path that begins with // would name another host.
  const url = new URL(base.origin + path);
  if (url.origin !== base.origin || url.pathname !== path)
    throw new RangeError("The address changed when it was parsed.");
  return url;
}

import type { LoggedRequest } from "./simulator-words";

const LISTING = /^\/management\/v1\/orgs\/[^/?#]+\/endpoints$/;
const VERSIONS = /^\/management\/v1\/orgs\/[^/?#]+\/models\/([^/?#]+)\/versions(?:\/([^/?#]+))?$/;
const METRICS = /^\/api\/v1\/metrics\/organizations\/org_simulated$/;
const INCIDENTS = "/api/v2/incidents/unresolved.json";
const STATUS = /^\/management\/v1\/endpoints\/([^/?#]+)$/;
const ENDPOINT_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/;

/** The forbidden requests to the upstream: only six reads are allowed, with the key in one header, and none for the status page. */
export function brokenInvariants(requests: readonly LoggedRequest[], keys: ReadonlySet<string>): string[] {
  return requests
    .filter(({ headers }) => (headerOf(headers, "user-agent") ?? "").startsWith("Rollcall/"))
    .flatMap((request) => {
      const { method, rawPath, headers } = request;
      const asked = `${method} ${rawPath}`;
      return [
        ...(method === "GET" && isKnownPath(rawPath) ? [] : [`${asked} is not a known read`]),
        ...(rawPath === INCIDENTS && headerOf(headers, "authorization") !== undefined
          ? [`${asked} has a key`]
          : []),
        ...(holdsKey(rawPath, keys) ? [`${asked} has the key in its path`] : []),
        ...headers
          .filter(([name, value]) => name.toLowerCase() !== "authorization" && holdsKey(value, keys))
          .map(([name]) => `${asked} has the key in ${name}`),
      ];
    });
}

function isKnownPath(path: string): boolean {
  if (LISTING.test(path) || METRICS.test(path) || path === INCIDENTS) return true;
  const versions: (string | undefined)[] | null = VERSIONS.exec(path);
  if (versions !== null)
    return versions
      .slice(1)
      .every((name) => name === undefined || (ENDPOINT_ID.test(name) && !name.includes("..")));
  const id = STATUS.exec(path)?.[1];
  return id !== undefined && ENDPOINT_ID.test(id) && !id.includes("..");
}

function holdsKey(text: string, keys: ReadonlySet<string>): boolean {
  return [...keys].some((key) => text.includes(key));
}

function headerOf(headers: LoggedRequest["headers"], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

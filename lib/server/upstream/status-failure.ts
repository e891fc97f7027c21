import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { UpstreamFailure } from "./failure";
import { parseRetryAfter } from "@/lib/server/retry-after";

/** The pause after a 429 without Retry-After. */
const defaultPause: Duration = 30 * second;

/** The key that every other call uses, in sentences for people. */
export const managementKeyName = "management key";

/** The failure for an HTTP status other than 200. `asked` is the request's address, its key, and what people call it. */
export function toStatusFailure(
  status: number,
  headers: { retryAfter: string | null; location: string | null },
  asked: { url: URL; key: string | null; keyName?: string },
  now: Instant,
): UpstreamFailure {
  const { code, message } = describe(status, asked.keyName ?? managementKeyName);
  const pause = status === 429 || status === 503 ? parseRetryAfter(headers.retryAfter, now) : null;
  return new UpstreamFailure({
    code,
    message,
    status,
    detail:
      code === "unexpected_redirect" ? `${status} to ${toHost(headers.location, asked)}` : String(status),
    retryAfter: pause ?? (status === 429 ? defaultPause : null),
  });
}

function describe(status: number, keyName: string): { code: CauseCode; message: string } {
  if (status === 401) return { code: "key_rejected", message: `Cerebras rejects the ${keyName} (401).` };
  if (status === 403) return { code: "key_lacks_access", message: `The ${keyName} lacks access (403).` };
  if (status === 404) return { code: "not_found", message: "Cerebras does not know this name (404)." };
  if (status === 429) return { code: "rate_limited", message: "Cerebras asks Rollcall to slow down (429)." };
  if (status >= 300 && status < 400) {
    return { code: "unexpected_redirect", message: "Cerebras replied with an unexpected redirect." };
  }
  if (status === 408 || status >= 500)
    return { code: "upstream_error", message: `Cerebras answers ${status}.` };
  return {
    code: "unexpected_answer",
    message: `Cerebras sent an unexpected reply (${status}).`,
  };
}

/** The host of a redirect, for the log. The rest of the address is untrusted and never logged. */
function toHost(location: string | null, asked: { url: URL; key: string | null }): string {
  if (location === null || !URL.canParse(location, asked.url)) return "nowhere";
  const { host } = new URL(location, asked.url);
  if (host === asked.url.host) return "the same host";
  // The log redacts the key as it is, but a host is lower case.
  return asked.key !== null && host.includes(asked.key.toLowerCase())
    ? "a host that names the key"
    : host.slice(0, 100);
}

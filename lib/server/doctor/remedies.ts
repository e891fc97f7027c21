import "server-only";

import type { CauseCode } from "@/lib/domain/cause";

const tryLater = "Nothing to do: Rollcall keeps trying. If it lasts, check status.cerebras.ai.";
const upstreamAddress =
  "Check that this machine can reach the address in CEREBRAS_API_URL: DNS, firewall. If outgoing traffic must use a proxy, set HTTPS_PROXY, with the user name and the password that it wants, and NO_PROXY for hosts to reach directly.";

const remedies: Record<CauseCode, string> = {
  unreachable: upstreamAddress,
  timed_out: `${upstreamAddress} If it can, Cerebras is slow, and Rollcall keeps trying.`,
  secure_connection_failed:
    "The certificate at CEREBRAS_API_URL is not trusted. If a private certificate authority made it, as that of a proxy that reads traffic, set NODE_EXTRA_CA_CERTS to a file with the authority’s certificate, in the environment and not in .env.",
  unexpected_redirect:
    "Set CEREBRAS_API_URL to the API itself, such as https://api.cerebras.ai. Redirects are never followed, because they would send the key elsewhere.",
  key_rejected:
    "Create a management key (not an inference key) under Management API keys on cloud.cerebras.ai, and set CEREBRAS_MANAGEMENT_API_KEY. A key file is read again when it changes, without a restart.",
  key_lacks_access:
    "Use a management key of the organization in CEREBRAS_ORG. The Management API is in private preview: ask Cerebras whether your organization has access.",
  not_found:
    "Check the spelling: CEREBRAS_ORG is the management organization’s name, as shown beside the keys, not the org_… id.",
  no_longer_listed: "Nothing to do if the endpoint was deleted. Its history is kept.",
  access_lost: "Check that the management key still belongs to the endpoint’s organization.",
  rate_limited:
    "Rollcall waits for the time that Cerebras asked for. If it happens often, lower ROLLCALL_MAX_REQUESTS_PER_MINUTE.",
  upstream_error: tryLater,
  unreadable_reply: `${tryLater} If no reply could ever be read, check that CEREBRAS_API_URL is the API itself.`,
  unexpected_answer: tryLater,
  history_unreadable:
    "The log says which row cannot be read. Restore a backup, or correct that row; Rollcall retries automatically.",
  not_running: "Start Rollcall.",
  paused: "Nothing to do: Rollcall polls again after the pause.",
};

/** What an operator can do about a cause. */
export function remedyFor(code: CauseCode): string {
  return remedies[code];
}

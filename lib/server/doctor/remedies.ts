import "server-only";

import type { CauseCode } from "@/lib/domain/cause";

const tryLater = "Nothing to do here: Rollcall goes on asking. If it lasts, look at status.cerebras.ai.";
const upstreamAddress =
  "See whether this machine reaches the address in CEREBRAS_API_URL: name resolution, firewall. If the way out leads through a proxy, name the proxy in HTTPS_PROXY, and in NO_PROXY what is reached without it.";

const remedies: Record<CauseCode, string> = {
  unreachable: upstreamAddress,
  timed_out: `${upstreamAddress} If it does, Cerebras is slow, and Rollcall goes on asking.`,
  secure_connection_failed:
    "The certificate at CEREBRAS_API_URL is not trusted here. If a proxy of your own replaces it, name the file with its authority in NODE_EXTRA_CA_CERTS, in the environment and not in .env.",
  unexpected_redirect:
    "CEREBRAS_API_URL should be the API itself, such as https://api.cerebras.ai; redirects are never followed, since they would carry the key away.",
  key_rejected:
    "Make a management key (not an inference key) under Management API keys on cloud.cerebras.ai, and set CEREBRAS_MANAGEMENT_API_KEY. A key in a file is read again when the file changes, without a restart.",
  key_lacks_access:
    "Use a management key of the organization in CEREBRAS_ORG. The Management API is in private preview: ask Cerebras whether your organization takes part.",
  not_found:
    "See whether the name is spelt as Cerebras spells it: CEREBRAS_ORG is the management organization’s name, as shown beside the keys, and not the org_… id.",
  no_longer_listed: "If the endpoint was deleted, nothing. Its history stays.",
  access_lost: "See whether the management key still belongs to the endpoint’s organization.",
  rate_limited:
    "Rollcall waits as long as it was told to. If it happens often, lower ROLLCALL_MAX_REQUESTS_PER_MINUTE.",
  upstream_error: tryLater,
  unreadable_reply: `${tryLater} If it never could be read, see whether CEREBRAS_API_URL is the API itself.`,
  unexpected_answer: tryLater,
  history_unreadable:
    "The log says which row cannot be read. Put a backup back, or mend that row; Rollcall tries again by itself.",
  not_running: "Start Rollcall.",
  paused: "Nothing to do here: Rollcall asks again when the pause is over.",
};

/** What a person can do about a cause. */
export function remedyFor(code: CauseCode): string {
  return remedies[code];
}

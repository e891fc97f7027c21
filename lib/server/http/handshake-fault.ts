import "server-only";

/** Error codes of OAuth and OpenID Connect (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6). */
const codes = [
  ...["invalid_request", "invalid_client", "invalid_grant", "invalid_scope", "unauthorized_client"],
  ...["unsupported_grant_type", "unsupported_response_type", "access_denied", "server_error"],
  ...["temporarily_unavailable", "interaction_required", "login_required", "consent_required"],
  "account_selection_required",
];

/** The beginnings of the library's messages about a rejected response; the rest may quote the response. */
const findings = [
  ...["state mismatch", "state missing", "nonce mismatch", "iss mismatch", "unexpected iss", "aud mismatch"],
  ...[
    "JWT expired",
    "JWT not active yet",
    "id_token issued in the future",
    "failed to validate JWT signature",
  ],
  ...["missing required JWT property", "unexpected JWT alg", "id_token not present", "at_hash mismatch"],
  ...[
    "outgoing request timed out",
    "failed to parse JSON",
    "expected 200 OK",
    "checks.state argument is missing",
  ],
];

/** Messages that Rollcall's code throws. They contain no text of a provider. */
const own =
  /^(GitHub answered \d{3}\.|The userinfo response is about a different subject than the ID token\.|The proxy in HTTPS_PROXY [a-z ]+\([A-Z\d_]{3,60}\)\.)$/;

/**
 * Why a handshake with an identity provider failed, in our own words only: the provider, or anyone who calls the
 * callback's address, chooses the texts in such errors, and they may contain tokens.
 */
export function toHandshakeFault(metadata: unknown): string {
  const error = field(metadata, "error") ?? metadata;
  const message = field(error, "message");
  if (typeof message === "string") {
    if (own.test(message)) return message;
    const known = [...codes, ...findings].find((text) => message.startsWith(text));
    if (known !== undefined) return known;
  }
  const code = field(error, "code");
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : "unexpected answer";
}

function field(value: unknown, name: "error" | "message" | "code"): unknown {
  if (typeof value !== "object" || value === null || !(name in value)) return undefined;
  return Reflect.get(value, name);
}

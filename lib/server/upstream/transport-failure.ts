import "server-only";

import { errors } from "undici";

import { second, type Duration } from "@/lib/domain/instant";
import { toProxyFailure } from "@/lib/server/proxy-failure";

import { UpstreamFailure, unreadable } from "./failure";

/** Error codes of OpenSSL and of Node's verification (Node documentation, tls, "X509 certificate error codes"). */
const tlsCodes =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|CRL_|ERROR_IN_C|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

type Times = { connect: Duration; whole: Duration };

/**
 * The failure for a request without a complete reply. Keeps only the error's code, because undici quotes the
 * Authorization header in some of its errors. `isThroughProxy`: the connection led to a proxy.
 */
export function toTransportFailure(error: unknown, budgets: Times, isThroughProxy: boolean): UpstreamFailure {
  const detail = toCode(error);
  const atProxy = isThroughProxy ? toProxyFailure(error) : null;
  if (atProxy !== null) {
    const { message } = atProxy;
    return new UpstreamFailure({ code: "unreachable", message, detail: `proxy ${atProxy.detail}` });
  }
  if (isConnectTimeout(error)) {
    const way = isThroughProxy ? " through the proxy in HTTPS_PROXY" : "";
    const message = `Cerebras could not be reached${way} within ${toSeconds(budgets.connect)} s.`;
    return new UpstreamFailure({ code: "timed_out", message, detail });
  }
  if (isTimeout(error)) {
    const message = `Cerebras did not answer within ${toSeconds(budgets.whole)} s.`;
    return new UpstreamFailure({ code: "timed_out", message, detail });
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return unreadable(detail);
  }
  if (isUnaskedSwitch(error)) {
    const message = "Cerebras sent an unexpected reply.";
    return new UpstreamFailure({ code: "unexpected_answer", message, detail: "informational" });
  }
  if (tlsCodes.test(detail) || error instanceof errors.SecureProxyConnectionError) {
    const message = "The secure connection to Cerebras failed.";
    return new UpstreamFailure({ code: "secure_connection_failed", message, detail });
  }
  return new UpstreamFailure({ code: "unreachable", message: "Cerebras could not be reached.", detail });
}

/** The failure for a reply that broke off. Cerebras was reached, so it counts as unreadable. */
export function toBodyFailure(error: unknown, budgets: Times): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  return isTimeout(error)
    ? toTransportFailure(error, budgets, false)
    : unreadable(`cut off: ${toCode(error)}`);
}

function isConnectTimeout(error: unknown): boolean {
  return error instanceof errors.ConnectTimeoutError || toCode(error) === "ETIMEDOUT";
}

function isTimeout(error: unknown): boolean {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return true;
  return error instanceof Error && error.name === "TimeoutError";
}

/** Undici's error for an unsolicited 100 or 101. */
function isUnaskedSwitch(error: unknown): boolean {
  return error instanceof errors.SocketError && /^bad (response|upgrade)$/.test(error.message);
}

function toSeconds(duration: Duration): number {
  return Math.round(duration / second);
}

function toCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "unknown";
}

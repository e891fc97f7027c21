import "server-only";

import { errors } from "undici";

import { second, type Duration } from "@/lib/domain/instant";

import { UpstreamFailure, unreadable } from "./failure";

/** Codes of OpenSSL and of Node's verification (nodejs.org, tls, "X509 certificate error codes"). */
const tlsCodes =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|CRL_|ERROR_IN_C|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

type Times = { connect: Duration; whole: Duration };

/**
 * Why no whole answer came. Undici quotes the Authorization value in some of its errors, so nothing
 * of the error goes on but its code.
 */
export function toTransportFailure(error: unknown, budgets: Times): UpstreamFailure {
  const detail = toCode(error);
  const rejection = toProxyRefusal(error);
  if (rejection !== null) {
    const message = `The proxy in HTTPS_PROXY refused the connection to Cerebras (${rejection}).`;
    return new UpstreamFailure({ code: "unreachable", message, detail: `proxy ${rejection}` });
  }
  if (isConnectTimeout(error)) {
    const message = `Cerebras could not be reached within ${toSeconds(budgets.connect)} s.`;
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
    const message = "Cerebras gave an answer that Rollcall does not expect.";
    return new UpstreamFailure({ code: "unexpected_answer", message, detail: "informational" });
  }
  if (tlsCodes.test(detail) || error instanceof errors.SecureProxyConnectionError) {
    const message = "The secure connection to Cerebras failed.";
    return new UpstreamFailure({ code: "secure_connection_failed", message, detail });
  }
  return new UpstreamFailure({ code: "unreachable", message: "Cerebras could not be reached.", detail });
}

/** Why an answer that had begun did not end. Cerebras was reached: what came of it cannot be read. */
export function toBodyFailure(error: unknown, budgets: Times): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  return isTimeout(error) ? toTransportFailure(error, budgets) : unreadable(`cut off: ${toCode(error)}`);
}

function isConnectTimeout(error: unknown): boolean {
  return error instanceof errors.ConnectTimeoutError || toCode(error) === "ETIMEDOUT";
}

function isTimeout(error: unknown): boolean {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return true;
  return error instanceof Error && error.name === "TimeoutError";
}

/** The status with which a proxy refused a tunnel, which undici says in words only. */
function toProxyRefusal(error: unknown): string | null {
  if (!(error instanceof errors.RequestAbortedError)) return null;
  return /^Proxy response \((\d{3})\)/.exec(error.message)?.[1] ?? null;
}

/** How undici calls a 100 or 101 that nobody asked for. */
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

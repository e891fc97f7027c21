import "server-only";

import { errors } from "undici";

import { UpstreamFailure, unreadable } from "./failure";

const tlsCodes =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/**
 * Why no whole answer came. Undici quotes the Authorization value in some of its errors, so nothing
 * of the error goes on but its code.
 */
export function toTransportFailure(error: unknown, budget: { seconds: number }): UpstreamFailure {
  const code = toCode(error);
  if (isTimeout(error)) {
    const message = `Cerebras did not answer within ${budget.seconds} s.`;
    return new UpstreamFailure({ code: "timed_out", message, detail: code });
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    const message = "Cerebras sent a reply that cannot be read.";
    return new UpstreamFailure({ code: "unreadable_reply", message, detail: code });
  }
  if (tlsCodes.test(code)) {
    const message = "The secure connection to Cerebras failed.";
    return new UpstreamFailure({ code: "secure_connection_failed", message, detail: code });
  }
  return new UpstreamFailure({
    code: "unreachable",
    message: "Cerebras could not be reached.",
    detail: code,
  });
}

/** Why an answer that had begun did not end. Cerebras was reached: what came of it cannot be read. */
export function toBodyFailure(error: unknown, budget: { seconds: number }): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  return isTimeout(error) ? toTransportFailure(error, budget) : unreadable(`cut off: ${toCode(error)}`);
}

function isTimeout(error: unknown): boolean {
  if (error instanceof errors.ConnectTimeoutError) return true;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return true;
  return error instanceof Error && error.name === "TimeoutError";
}

function toCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "unknown";
}

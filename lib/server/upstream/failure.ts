import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Duration } from "@/lib/domain/instant";

import type { RawReply } from "./raw-reply";

/**
 * Why a call to Cerebras gave no report. `message` is a sentence for people, `detail` a short technical term for the
 * log. Neither contains text from upstream, the key, or the original error.
 */
export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly code: CauseCode;
  readonly detail: string;
  /** The HTTP status; null if there was no reply. */
  readonly status: number | null;
  /** Prescribed wait before the next call, in milliseconds; null if none. */
  readonly retryAfter: Duration | null;
  /** The reply that could not be parsed, if there was one. */
  readonly raw: RawReply | null;

  constructor(what: {
    code: CauseCode;
    message: string;
    detail: string;
    status?: number;
    retryAfter?: Duration | null;
    raw?: RawReply;
  }) {
    super(what.message);
    this.code = what.code;
    this.detail = what.detail;
    this.status = what.status ?? null;
    this.retryAfter = what.retryAfter ?? null;
    this.raw = what.raw ?? null;
  }
}

/** A reply that cannot be parsed; `detail` says where parsing failed. */
export function unreadable(detail: string, raw?: RawReply): UpstreamFailure {
  return new UpstreamFailure({
    code: "unreadable_reply",
    message: "Cerebras sent a reply that cannot be read.",
    detail,
    ...(raw === undefined ? {} : { raw }),
  });
}

/** A reply of more than `most` bytes; none of it is kept. */
export function tooLarge(most: number): UpstreamFailure {
  const size = most % mebibyte === 0 ? `${most / mebibyte} MiB` : `${most} bytes`;
  return new UpstreamFailure({
    code: "unreadable_reply",
    message: `Cerebras sent a reply larger than ${size}, which Rollcall does not read.`,
    detail: `more than ${most} bytes`,
  });
}

const mebibyte = 1024 * 1024;

import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Duration } from "@/lib/domain/instant";

import type { RawReply } from "./raw-reply";

/**
 * Why a call to Cerebras brought no report. `message` is a sentence for people; `detail` a short
 * technical word for the log. Neither holds text from upstream, the key, or the error it came from.
 */
export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly code: CauseCode;
  readonly detail: string;
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** How long to wait before asking again, in milliseconds, where something prescribes it. */
  readonly retryAfter: Duration | null;
  /** What came, where it came but could not be read. */
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

/** A reply that came but cannot be read; `detail` says where reading ended. */
export function unreadable(detail: string, raw?: RawReply): UpstreamFailure {
  return new UpstreamFailure({
    code: "unreadable_reply",
    message: "Cerebras sent a reply that cannot be read.",
    detail,
    ...(raw === undefined ? {} : { raw }),
  });
}

/** A reply of more than `most` bytes, of which none is kept. */
export function tooLarge(most: number): UpstreamFailure {
  const size = most % mebibyte === 0 ? `${most / mebibyte} MiB` : `${most} bytes`;
  return new UpstreamFailure({
    code: "unreadable_reply",
    message: `Cerebras sent a reply larger than ${size}, which Rollcall does not read.`,
    detail: `more than ${most} bytes`,
  });
}

const mebibyte = 1024 * 1024;

import "server-only";

import { UpstreamFailure, unreadable } from "../failure";
import { keepReply, type RawReply } from "../raw-reply";

/** Reads the bytes of a reply as JSON and as a report, and keeps what came. Throws an UpstreamFailure. */
export function readReply<T>(
  bytes: Buffer,
  parse: (json: unknown) => { report: T; unreadFields: string[] },
): { report: T; raw: RawReply } {
  const kept = keepReply(bytes, []);
  try {
    const { report, unreadFields } = parse(parseJson(bytes));
    return { report, raw: { ...kept, unreadFields } };
  } catch (error) {
    throw unreadable(error instanceof UpstreamFailure ? error.detail : "json", kept);
  }
}

/** TextDecoder drops a byte order mark, as RFC 8259 allows; JSON.parse would trip over it. */
function parseJson(bytes: Buffer): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

import "server-only";

import type { FieldUse } from "@/lib/domain/field-use";

/** The stored part of a reply, and its fields that Rollcall does not read. */
export type RawReply = {
  body: string;
  isShortened: boolean;
  /** Paths such as `deployed_models[].replica_group`, sorted. */
  unreadFields: readonly string[];
  /** Absent for a listing, and for a reply that could not be read. */
  fieldUse?: FieldUse;
  /** Size of the whole decoded reply in bytes. */
  bytes: number;
};

/** In bytes of UTF-8. */
const mostKept = 64 * 1024;

/** Keeps at most the first 64 kB of a reply. Never cuts within a character. */
export function keepReply(bytes: Buffer, unreadFields: readonly string[]): RawReply {
  const isLong = bytes.byteLength > mostKept;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, mostKept), {
    stream: isLong,
  });
  // Each byte that is not UTF-8 became U+FFFD, which takes three bytes.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(mostKept));
  const isShortened = isLong || read < text.length;
  return { body: text.slice(0, read), isShortened, unreadFields, bytes: bytes.byteLength };
}

import "server-only";

/** A reply as it came, as much of it as is kept, and the fields in it that nothing reads. */
export type RawReply = {
  body: string;
  isShortened: boolean;
  /** Paths such as `deployed_models[].replica_group`, sorted. */
  unreadFields: readonly string[];
  /** Size of the whole decoded reply in bytes. */
  bytes: number;
};

/** What is kept of one reply, in bytes of UTF-8. */
const mostKept = 64 * 1024;

/** Keeps a reply: whole up to 64 kB, its beginning otherwise. No character is cut in half. */
export function keepReply(bytes: Buffer, unreadFields: readonly string[]): RawReply {
  const isLong = bytes.byteLength > mostKept;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, mostKept), {
    stream: isLong,
  });
  // Bytes that are no UTF-8 have each become a U+FFFD, which takes three.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(mostKept));
  const isShortened = isLong || read < text.length;
  return { body: text.slice(0, read), isShortened, unreadFields, bytes: bytes.byteLength };
}

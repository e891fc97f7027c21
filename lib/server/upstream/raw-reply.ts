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

/** Keeps a reply: whole up to 64 kB, its beginning otherwise. */
export function keepReply(bytes: Buffer, unreadFields: readonly string[]): RawReply {
  const isShortened = bytes.byteLength > mostKept;
  const kept = isShortened ? bytes.subarray(0, mostKept) : bytes;
  return { body: kept.toString("utf8").toWellFormed(), isShortened, unreadFields, bytes: bytes.byteLength };
}

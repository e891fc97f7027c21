import "server-only";

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** An answer made once and sent to every viewer: the body, its bytes, and the name of its content. */
export type Encoded<T> = {
  body: T;
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  /** The same bytes compressed; null where that would not make them smaller. */
  gzip: Uint8Array<ArrayBuffer> | null;
};

/** Below this many bytes compression costs more than it saves. */
const worthCompressing = 512;

/**
 * Encodes a body. `named` is what the ETag is made of, where that is less than the whole body:
 * what only says that time went by is left out of it.
 */
export function encode<T>(body: T, named: unknown = body): Encoded<T> {
  const plain = Buffer.from(JSON.stringify(body));
  return {
    body,
    etag: nameContent(named),
    plain: toBytes(plain),
    gzip: plain.byteLength < worthCompressing ? null : toBytes(gzipSync(plain)),
  };
}

/** A weak ETag naming a content. */
export function nameContent(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}

function toBytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}

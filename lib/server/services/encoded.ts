import "server-only";

import { createHash } from "node:crypto";

/** An answer made once and sent to every viewer: the body, its bytes, and the name of its content. */
export type Encoded<T> = { body: T; etag: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * Encodes a body. `named` is what the ETag is made of, where that is less than the whole body:
 * what only says that time went by is left out of it.
 */
export function encode<T>(body: T, named: unknown = body): Encoded<T> {
  return { body, etag: nameContent(named), bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

/** A weak ETag naming a content. */
export function nameContent(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}

import "server-only";

import { createHash } from "node:crypto";

/**
 * An answer made once and sent to every viewer: the body, its bytes, and the name of its content.
 * `headers` say how it differs from plain JSON.
 */
export type Encoded<T> = {
  body: T;
  etag: string;
  bytes: Uint8Array<ArrayBuffer>;
  headers?: Readonly<Record<string, string>>;
  /** Made without the database while that was away: there is a better answer once it is back. */
  isStopgap?: boolean;
};

/**
 * Encodes a body. `named` is what the ETag is made of, where that is less than the whole body:
 * what only says that time went by is left out of it.
 */
export function encode<T>(body: T, named: unknown = body): Encoded<T> {
  return { body, etag: nameContent(named), bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

/** As `encode`, for text that is no JSON. */
export function encodeText(body: string, headers: Readonly<Record<string, string>>): Encoded<string> {
  return { body, etag: nameContent(body), bytes: new TextEncoder().encode(body), headers };
}

/** A weak ETag naming a content. */
export function nameContent(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}

import "server-only";

import { createHash } from "node:crypto";

import * as z from "zod/mini";

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
 * Encodes a body as its schema says. `named` is what the ETag is made of, where that is less than the whole body:
 * what only says that time went by is left out of it.
 */
export function encode<T>(schema: z.ZodMiniType<T>, body: T, named: unknown = body): Encoded<T> {
  return { body, etag: nameContent(named), bytes: toBytes(JSON.stringify(z.encode(schema, body))) };
}

/** As `encode`, for text that is no JSON. */
export function encodeText(body: string, headers: Readonly<Record<string, string>>): Encoded<string> {
  return { body, etag: nameContent(body), bytes: toBytes(body), headers };
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A weak ETag naming a content. */
export function nameContent(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}

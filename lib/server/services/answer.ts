import "server-only";

import { createHash } from "node:crypto";

import * as z from "zod/mini";

import type { Polled } from "@/lib/contract/polled";

/**
 * A body encoded once and sent to every viewer, with its bytes and ETag. `headers` say how it differs from plain JSON.
 */
export type Encoded<T> = {
  body: T;
  etag: string;
  bytes: Uint8Array<ArrayBuffer>;
  headers?: Readonly<Record<string, string>>;
  /** Made without the database while that was unavailable: there is a better answer once it is back. */
  isStopgap?: boolean;
};

/** An encoded body, how old it is, and when to ask again. */
export type Answer<T> = Polled<T> & Encoded<T>;

/**
 * Encodes a body by its schema. `named` is what the ETag is made of, if that is less than the whole body: it leaves out what only
 * says that time has passed.
 */
export function encode<T>(schema: z.ZodMiniType<T>, body: T, named: unknown = body): Encoded<T> {
  return { body, etag: nameContent(named), bytes: toBytes(JSON.stringify(z.encode(schema, body))) };
}

/** Like `encode`, for text that is not JSON. */
export function encodeText(body: string, headers: Readonly<Record<string, string>>): Encoded<string> {
  return { body, etag: nameContent(body), bytes: toBytes(body), headers };
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A weak ETag for a content. */
export function nameContent(content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
  return `W/"${hash.slice(0, 16)}"`;
}

import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Exchange } from "../upstream/exchange";
import { sendHead } from "../upstream/exchange";
import type { FaultOf } from "./fault";

const CHUNK_BYTES = 64 * 1024;
const HEAD = '{"name":"';
const TAIL =
  '","model_arch_id":"huge","deployed_models":[],"managing_org_name":"acme","created":1,"updated":1}';

/** Streams valid JSON of this many bytes until it is all sent or the client leaves. */
export function huge(fault: FaultOf<"huge">, exchange: Exchange): void {
  sendHead(exchange, 200, { "content-type": "application/json" });
  // A client that leaves is the point of this fault, not an error.
  pipeline(Readable.from(longJson(fault.bytes)), exchange.response).catch(() => undefined);
}

const bombs = new Map<number, Promise<Buffer>>();

/** A small gzip body that inflates to valid JSON of this many bytes. */
export function gzipBomb(fault: FaultOf<"gzip-bomb">, exchange: Exchange): void {
  const bomb = bombs.get(fault.inflatedBytes) ?? deflate(fault.inflatedBytes);
  bombs.set(fault.inflatedBytes, bomb);
  void bomb.then((body) => {
    sendHead(exchange, 200, {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": body.length,
    });
    exchange.response.end(body);
  });
}

function deflate(inflatedBytes: number): Promise<Buffer> {
  return buffer(Readable.from(longJson(inflatedBytes)).pipe(createGzip({ level: 9 })));
}

function* longJson(bytes: number): Generator<Buffer> {
  const filler = Buffer.alloc(CHUNK_BYTES, "x");
  yield Buffer.from(HEAD);
  for (let left = bytes - HEAD.length - TAIL.length; left > 0; left -= CHUNK_BYTES) {
    yield filler.subarray(0, Math.min(left, CHUNK_BYTES));
  }
  yield Buffer.from(TAIL);
}

import "server-only";

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

import { Agent, Pool, ProxyAgent, request } from "undici";

import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { tooLarge, unreadable, UpstreamFailure } from "./failure";
import { keepReply } from "./raw-reply";
import { toStatusFailure } from "./status-failure";
import { toBodyFailure, toTransportFailure } from "./transport-failure";
import { withoutKey } from "./without-key";

/** What one call may cost. */
export type Budgets = { connect: Duration; whole: Duration; bytes: number };

const defaultBudgets: Budgets = { connect: 3 * second, whole: 10 * second, bytes: 1024 * 1024 };

const usableKey = /^[\x21-\x7e]+$/;

const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** `proxy`: the proxy that leads to the addresses asked for; null: they are reached directly. */
type Way = { budgets?: Budgets | undefined; proxy?: URL | null };

/**
 * A sender of GET requests within budgets. It resolves with the decoded JSON body of a 200, the key
 * taken out should it be in there, and rejects with an UpstreamFailure for everything else. Redirects are never followed, cookies never kept.
 */
export function createSender(userAgent: string, { budgets = defaultBudgets, proxy = null }: Way = {}) {
  // Said outright: else NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would switch it off.
  const connect = { timeout: budgets.connect, rejectUnauthorized: true };
  const limits = { connections: 16, pipelining: 1 };
  const agent =
    proxy === null
      ? new Agent({ connect, ...limits })
      : new ProxyAgent({
          uri: proxy.href,
          requestTls: connect,
          proxyTls: connect,
          // A call that waits for its connection cannot be aborted, so the wait for the tunnel has an end of its own.
          clientFactory: (origin, options) =>
            new Pool(origin, { ...options, headersTimeout: budgets.connect }),
          ...limits,
        });

  /** By how much our clock was ahead of the upstream's at its newest answer; null before the first. */
  let clockSkew: Duration | null = null;

  async function send(url: URL, key: string): Promise<Buffer> {
    if (!usableKey.test(key)) throw unusableKey();
    const { headers, body } = await begin(url, key);
    const bytes = await collect(body, budgets.bytes).catch((error: unknown) => {
      throw toBodyFailure(error, budgets);
    });
    const decoded = await decode(bytes, first(headers["content-encoding"]), budgets.bytes);
    const clean = withoutKey(decoded, key);
    if (isJson(first(headers["content-type"]))) return clean;
    throw unreadable("not JSON by its type", keepReply(clean, []));
  }

  /** Resolves with the beginning of a 200. */
  async function begin(url: URL, key: string) {
    const { statusCode, headers, body } = await request(url, {
      method: "GET",
      dispatcher: agent,
      signal: AbortSignal.timeout(budgets.whole),
      headersTimeout: budgets.whole,
      bodyTimeout: budgets.whole,
      headers: {
        accept: "application/json",
        "accept-encoding": "gzip",
        authorization: `Bearer ${key}`,
        "user-agent": userAgent,
      },
    }).catch((error: unknown) => {
      throw toTransportFailure(error, budgets);
    });
    clockSkew = toClockSkew(first(headers["date"]), Date.now()) ?? clockSkew;
    if (statusCode === 200) return { headers, body };
    // Destroying it before its end makes it emit an error, which unheard would end the process.
    body.on("error", () => undefined).destroy();
    const told = { retryAfter: first(headers["retry-after"]), location: first(headers["location"]) };
    throw toStatusFailure(statusCode, told, { url, key }, Date.now());
  }

  return { send, clockSkew: () => clockSkew, close: () => agent.destroy() };
}

/** The Date header is cut to whole seconds: on average it is half a second old. */
function toClockSkew(date: string | null, now: Instant): Duration | null {
  const said = date === null ? NaN : Date.parse(date);
  return Number.isNaN(said) ? null : now - (said + second / 2);
}

/** Undici would quote such a key in its error. */
function unusableKey(): UpstreamFailure {
  const message = "The management key holds a character that no key has.";
  return new UpstreamFailure({ code: "key_rejected", message, detail: "unusable key" });
}

/** JSON by its type, or of no type at all. */
function isJson(contentType: string | null): boolean {
  return contentType === null || /^(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType.trim());
}

async function collect(body: AsyncIterable<unknown>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    // Leaving the loop destroys the body, and with it the connection: the rest is never read.
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decode(bytes: Buffer, encoding: string | null, most: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "identity" || name === "") return bytes;
  if (name !== "gzip" && name !== "deflate" && name !== "br") throw unreadable("unknown content encoding");
  try {
    return await decoders[name](bytes, { maxOutputLength: most });
  } catch (error) {
    throw isTooLarge(error) ? tooLarge(most) : unreadable(`damaged ${name}`);
  }
}

/** Node's decoders stop where the decoded reply would be larger than it may. */
function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

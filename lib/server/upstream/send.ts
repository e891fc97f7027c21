import "server-only";

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

import { Agent, Pool, ProxyAgent, request } from "undici";

import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { tooLarge, unreadable, UpstreamFailure } from "./failure";
import { keepReply } from "./raw-reply";
import { managementKeyName, toStatusFailure } from "./status-failure";
import { toBodyFailure, toTransportFailure } from "./transport-failure";
import { withoutKey } from "./without-key";

/** Limits for one call. */
export type Budgets = { connect: Duration; whole: Duration; bytes: number };

export const defaultBudgets: Budgets = { connect: 3 * second, whole: 10 * second, bytes: 1024 * 1024 };

const usableKey = /^[\x21-\x7e]+$/;

const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** `proxy`: null to connect directly. `reads`: the type of a good reply. `keyName`: the key in sentences for people. */
type SenderOptions = {
  budgets?: Budgets | undefined;
  proxy?: URL | null;
  reads?: keyof typeof replyTypes;
  keyName?: string;
};

const replyTypes = {
  json: { accept: "application/json", is: /^(application|text)\/([\w.-]+\+)?json\s*(;|$)/i },
  text: { accept: "text/plain", is: /^(text\/plain|application\/openmetrics-text)\s*(;|$)/i },
} as const;

/**
 * Sends GET requests within budgets. Resolves with the decoded body of a 200 of the wanted type, with the key redacted if
 * it is echoed; rejects with an UpstreamFailure for anything else. Never follows redirects, never keeps cookies. A null
 * key sends no authorization.
 */
export function createSender(
  userAgent: string,
  { budgets = defaultBudgets, proxy = null, reads = "json", keyName = managementKeyName }: SenderOptions = {},
) {
  // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment cannot turn it off.
  const connect = { timeout: budgets.connect, rejectUnauthorized: true };
  const limits = { connections: 16, pipelining: 1 };
  const agent =
    proxy === null
      ? new Agent({ connect, ...limits })
      : new ProxyAgent({
          uri: proxy.href,
          requestTls: connect,
          proxyTls: connect,
          // A call that waits for its connection cannot be aborted, so the tunnel has its own timeout.
          clientFactory: (origin, options) =>
            new Pool(origin, { ...options, headersTimeout: budgets.connect }),
          ...limits,
        });

  /** How far our clock was ahead of the upstream's at its last reply; null before the first. */
  let clockSkew: Duration | null = null;

  async function send(url: URL, key: string | null): Promise<Buffer> {
    if (key !== null && !usableKey.test(key)) throw unusableKey(keyName);
    const { headers, body } = await begin(url, key);
    const bytes = await collect(body, budgets.bytes).catch((error: unknown) => {
      throw toBodyFailure(error, budgets);
    });
    const decoded = await decode(bytes, first(headers["content-encoding"]), budgets.bytes);
    const clean = key === null ? decoded : withoutKey(decoded, key);
    if (isOfType(first(headers["content-type"]), reads)) return clean;
    throw unreadable(`not ${reads === "json" ? "JSON" : "plain text"} by its type`, keepReply(clean, []));
  }

  /** Resolves with the headers of a 200 and its unread body. */
  async function begin(url: URL, key: string | null) {
    const { statusCode, headers, body } = await request(url, {
      method: "GET",
      dispatcher: agent,
      signal: AbortSignal.timeout(budgets.whole),
      headersTimeout: budgets.whole,
      bodyTimeout: budgets.whole,
      headers: {
        accept: replyTypes[reads].accept,
        "accept-encoding": "gzip",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        "user-agent": userAgent,
      },
    }).catch((error: unknown) => {
      throw toTransportFailure(error, budgets, proxy !== null);
    });
    clockSkew = toClockSkew(first(headers["date"]), Date.now()) ?? clockSkew;
    if (statusCode === 200) return { headers, body };
    // Destroying an unfinished body emits an error, which would end the process without a listener.
    body.on("error", () => undefined).destroy();
    const relevant = { retryAfter: first(headers["retry-after"]), location: first(headers["location"]) };
    throw toStatusFailure(statusCode, relevant, { url, key, keyName }, Date.now());
  }

  return { send, clockSkew: () => clockSkew, close: () => agent.destroy() };
}

/** The Date header is truncated to seconds: on average it is half a second behind. */
function toClockSkew(date: string | null, now: Instant): Duration | null {
  const sent = date === null ? NaN : Date.parse(date);
  return Number.isNaN(sent) ? null : now - (sent + second / 2);
}

/** Checked first, because undici would quote such a key in its error. */
function unusableKey(keyName: string): UpstreamFailure {
  const message = `The ${keyName} contains a character that is not allowed in a key.`;
  return new UpstreamFailure({ code: "key_rejected", message, detail: "unusable key" });
}

/** Also true without a content type. */
function isOfType(contentType: string | null, type: keyof typeof replyTypes): boolean {
  return contentType === null || replyTypes[type].is.test(contentType.trim());
}

async function collect(body: AsyncIterable<unknown>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    // Leaving the loop destroys the body and its connection, so the rest is never read.
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

/** The error of Node's decoders when the output exceeds maxOutputLength. */
function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

import "server-only";

import type { Response } from "undici";

import { second } from "@/lib/domain/instant";
import { fetchThrough } from "@/lib/server/access/outbound";
import type { OutboundProxy } from "@/lib/server/config/network";
import { ProxyFailure } from "@/lib/server/proxy-failure";
import { parseRetryAfter } from "@/lib/server/retry-after";

import { DeliveryFailure } from "./channel";

export type Post = ReturnType<typeof createPost>;

const timeout = 10 * second;
const mostBytes = 64 * 1_024;

/** A receiver's answer with a status of 2xx. */
export type Answer = { status: number; body: string };

/**
 * Sends messages over HTTP: within 10 s, without following redirects, reading at most 64 kB of the answer, through the
 * proxy if there is one. `signal` ends it early.
 */
export function createPost(proxy: OutboundProxy | null, userAgent: string, signal?: AbortSignal) {
  return async (
    url: URL,
    {
      method = "POST",
      body = null,
      headers = {},
    }: { method?: "GET" | "POST" | "PATCH"; body?: string | null; headers?: Record<string, string> },
  ): Promise<Answer> => {
    const ended = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])]);
    const response = await fetchThrough(proxy, url.href, {
      method,
      redirect: "manual",
      signal: ended,
      body,
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": userAgent, ...headers },
    }).catch((error: unknown) => {
      throw toTransportFailure(url, error);
    });
    const { status } = response;
    const text = await readBody(response).catch((error: unknown) => {
      throw toTransportFailure(url, error);
    });
    if (status >= 200 && status < 300) return { status, body: text };
    throw toStatusFailure(url, response);
  };
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of response.body ?? []) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > mostBytes) throw new Error("too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Errors of the client quote addresses, which are secrets, so only their code is used. */
function toTransportFailure({ host }: URL, error: unknown): DeliveryFailure {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError"))
    return new DeliveryFailure(`${host} did not answer within ${timeout / second} s.`);
  if (error instanceof ProxyFailure)
    return new DeliveryFailure(`${host} cannot be reached. ${error.message}`);
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new DeliveryFailure(`${host} cannot be reached${code}.`);
}

/** Receivers that refuse the message for its content will refuse it again. */
const refusals: ReadonlySet<number> = new Set([400, 410, 413, 415, 422]);

function toStatusFailure({ host }: URL, { status, headers }: Response): DeliveryFailure {
  if (status >= 300 && status < 400)
    return new DeliveryFailure(`${host} redirects (${status}), which is not followed. Correct the address.`);
  const retryAfter = parseRetryAfter(headers.get("retry-after"), Date.now());
  const isPassing = !refusals.has(status);
  return new DeliveryFailure(`${host} answered ${status}.`, { isPassing, retryAfter, status });
}

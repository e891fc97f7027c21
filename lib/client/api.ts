import type * as z from "zod/mini";

import { pollHeaders } from "@/lib/contract/paths";
import type { Polled } from "@/lib/contract/polled";
import type { Instant } from "@/lib/domain/instant";

import { fromProblem, outdated, timedOut, unreachable, unreadable, type ApiFailure } from "./api-failure";
import { loadSchemas } from "./load-schemas";
import { reloadPage } from "./reload-page";
import type { Schemas } from "./schemas";

const patience = 15_000;

/** An answer and what its headers say; `saidAt` is the server's clock in whole seconds, null if it sent none. */
export type Reply<T> = { polled: Polled<T>; isUnchanged: boolean; saidAt: Instant | null };

/** Which of the schemas an answer is parsed by. */
export type PickSchema<T> = (schemas: Schemas) => z.ZodMiniType<T>;

/**
 * The one door to our own server: asks for `path`, and for nothing new if `known` still holds.
 * Throws an `ApiFailure` for whatever goes wrong; an abort by the caller passes as it is.
 */
export async function askServer<T>(
  path: string,
  pick: PickSchema<T>,
  options: { known: Polled<T> | undefined; signal: AbortSignal; token?: string | null },
): Promise<Reply<T>> {
  const response = await send(path, toHeaders(options), options.signal);
  const moved = { age: toMilliseconds(response, pollHeaders.age), nextPollIn: nextPollInOf(response) };
  const saidAt = toInstantOrNull(response.headers.get("date"));
  if (response.status === 304 && options.known !== undefined) {
    return { polled: { ...options.known, ...moved }, isUnchanged: true, saidAt };
  }
  if (!response.ok) throw await toFailure(response);
  const json = await readJson(response, options.signal);
  const parsed = pick(await readySchemas()).safeParse(json);
  if (!parsed.success) throw unreadable(response.status);
  const etag = response.headers.get("etag") ?? "";
  return { polled: { body: parsed.data, etag, ...moved }, isUnchanged: false, saidAt };
}

function toHeaders({ known, token }: { known: Polled<unknown> | undefined; token?: string | null }) {
  return {
    ...(known === undefined || known.etag === "" ? {} : { "if-none-match": known.etag }),
    ...(token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

async function send(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(patience);
  try {
    return await fetch(path, {
      cache: "no-store",
      headers,
      signal: AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw timeout.aborted ? timedOut() : unreachable();
  }
}

/** Has our own server change something, and answers with what it says. Throws as `askServer` does. */
export async function changeServer<T>(
  change: { method: "POST" | "PATCH" | "DELETE"; path: string; body?: object },
  pick: PickSchema<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(change.path, {
    method: change.method,
    cache: "no-store",
    headers: { "content-type": "application/json" },
    signal,
    ...(change.body === undefined ? {} : { body: JSON.stringify(change.body) }),
  }).catch(() => {
    throw signal.aborted ? timedOut() : unreachable();
  });
  if (!response.ok) throw await toFailure(response);
  const parsed = pick(await readySchemas()).safeParse(await readJson(response, signal));
  if (!parsed.success) throw unreadable(response.status);
  return parsed.data;
}

async function readySchemas(): Promise<Schemas> {
  try {
    return await loadSchemas();
  } catch {
    void reloadPage();
    throw outdated();
  }
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    const body: unknown = await response.json();
    return body;
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreadable(response.status);
  }
}

async function toFailure(response: Response): Promise<ApiFailure> {
  const json: unknown = await response.json().catch(() => null);
  const problem = (await readySchemas()).problem.safeParse(json);
  return problem.success ? fromProblem(problem.data) : unreadable(response.status);
}

const fallbackPollIn = 5_000;

function nextPollInOf(response: Response): number {
  return toMilliseconds(response, pollHeaders.nextPollIn) ?? fallbackPollIn;
}

function toInstantOrNull(date: string | null): Instant | null {
  const instant = date === null ? NaN : Date.parse(date);
  return Number.isNaN(instant) ? null : instant;
}

function toMilliseconds(response: Response, header: string): number | null {
  const text = response.headers.get(header);
  const value = Number(text);
  return text === null || text === "" || !Number.isFinite(value) || value < 0 ? null : value;
}

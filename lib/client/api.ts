import type * as z from "zod/mini";

import { pollHeaders } from "@/lib/contract/paths";
import type { Polled } from "@/lib/contract/polled";
import type { Duration, Instant } from "@/lib/domain/instant";

import { fromProblem, outdated, timedOut, unreachable, unreadable, type ApiFailure } from "./api-failure";
import { reloadPage } from "./reload-page";
import type { Schemas } from "./schemas";
import { monotonicNow } from "./time/monotonic";

const patience = 15_000;

/**
 * An answer and the values of its headers. `saidAt` is the server's clock in whole seconds (the Date header), or null.
 * `cameAt` is this machine's monotonic clock when the headers arrived, `took` the milliseconds since the request.
 */
export type Reply<T> = {
  polled: Polled<T>;
  isUnchanged: boolean;
  saidAt: Instant | null;
  cameAt: number;
  took: Duration;
};

/** Which of the schemas an answer is parsed by. */
export type PickSchema<T> = (schemas: Schemas) => z.ZodMiniType<T>;

/**
 * Requests `path` from Rollcall's server, conditionally if an answer is already known. Throws an `ApiFailure` for
 * every failure; if the caller aborts, its abort error is thrown unchanged.
 */
export async function askServer<T>(
  path: string,
  pick: PickSchema<T>,
  options: { known: Polled<T> | undefined; signal: AbortSignal; token?: string | null },
): Promise<Reply<T>> {
  const sentAt = monotonicNow();
  const timeout = AbortSignal.timeout(patience);
  const stop = { caller: options.signal, timeout };
  const response = await send(path, { cache: "no-store", headers: toHeaders(options) }, stop);
  const cameAt = monotonicNow();
  const moved = { age: toMilliseconds(response, pollHeaders.age), nextPollIn: nextPollInOf(response) };
  const said = { saidAt: toInstantOrNull(response.headers.get("date")), cameAt, took: cameAt - sentAt };
  if (response.status === 304 && options.known !== undefined) {
    return { polled: { ...options.known, ...moved }, isUnchanged: true, ...said };
  }
  const body = await parseBody(response, pick, stop);
  const etag = response.headers.get("etag") ?? "";
  return { polled: { body, etag, ...moved }, isUnchanged: false, ...said };
}

function toHeaders({ known, token }: { known: Polled<unknown> | undefined; token?: string | null }) {
  return {
    ...(known === undefined || known.etag === "" ? {} : { "if-none-match": known.etag }),
    ...(token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Sends a change to Rollcall's server and returns the parsed response. Throws as `askServer` does. */
export async function changeServer<T>(
  change: { method: "POST" | "PATCH" | "DELETE"; path: string; body?: object },
  pick: PickSchema<T>,
): Promise<T> {
  const stop = { caller: null, timeout: AbortSignal.timeout(patience) };
  const request: RequestInit = {
    method: change.method,
    cache: "no-store",
    headers: { "content-type": "application/json" },
    ...(change.body === undefined ? {} : { body: JSON.stringify(change.body) }),
  };
  return parseBody(await send(change.path, request, stop), pick, stop);
}

/** Reads a text from Rollcall's server, such as a receipt. Throws as `askServer` does. */
export async function readText(path: string): Promise<string> {
  const stop = { caller: null, timeout: AbortSignal.timeout(patience) };
  const response = await send(path, { cache: "no-store" }, stop);
  const text = await readBody(response, stop);
  if (!response.ok) throw await toFailure(response, text);
  return text;
}

/** What ends a request early: the caller's signal, if there is one, and the timeout. */
type Stop = { caller: AbortSignal | null; timeout: AbortSignal };

async function send(path: string, request: RequestInit, { caller, timeout }: Stop): Promise<Response> {
  const signal = caller === null ? timeout : AbortSignal.any([caller, timeout]);
  try {
    return await fetch(path, { ...request, signal });
  } catch (error) {
    throw toReason(error, { caller, timeout });
  }
}

async function parseBody<T>(response: Response, pick: PickSchema<T>, stop: Stop): Promise<T> {
  const text = await readBody(response, stop);
  if (!response.ok) throw await toFailure(response, text);
  const json = parseJson(text);
  if (json === undefined) throw unreadable(response.status);
  const parsed = pick(await readySchemas()).safeParse(json);
  if (!parsed.success) throw unreadable(response.status);
  return parsed.data;
}

/** Reads the body. It can break off or time out, like the headers. */
async function readBody(response: Response, stop: Stop): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw toReason(error, stop);
  }
}

function toReason(error: unknown, { caller, timeout }: Stop): unknown {
  if (caller?.aborted === true) return error;
  return timeout.aborted ? timedOut() : unreachable();
}

/** Undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

async function readySchemas(): Promise<Schemas> {
  try {
    return await loadSchemas();
  } catch {
    reloadPage();
    throw outdated();
  }
}

async function toFailure(response: Response, text: string): Promise<ApiFailure> {
  const problem = (await readySchemas()).problem.safeParse(parseJson(text));
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

let loading: Promise<Schemas> | null = null;

/**
 * Loads the schemas when they are first needed: a page arrives with its initial data, and most polls return nothing
 * to parse. If they cannot be loaded although the server answers, a newer build has replaced this page's scripts, and
 * only reloading the page helps.
 */
async function loadSchemas(): Promise<Schemas> {
  loading ??= import("./schemas").then(({ schemas }) => schemas);
  try {
    return await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}

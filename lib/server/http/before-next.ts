import "server-only";

import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { Server, type IncomingMessage, type ServerResponse } from "node:http";

import { belowBase } from "@/lib/contract/base-path";
import { apiPaths } from "@/lib/contract/paths";
import { peerHeader, type RequestHeaders } from "@/lib/server/access/client-address";
import { whenKnown } from "@/lib/server/soon";

import { findStyleSheet, toFirstLoads } from "./first-loads";
import { addressHeader, requestIdHeader } from "./page-headers";
import { findPolledRead } from "./polled-reads";
import type { ReadRequest } from "./read-operation";
import { judgeRequest, sendRejection, type OnForeignHost } from "./reject-request";
import { sendReply } from "./reply";
import { toServedAddress } from "./served-address";

/**
 * Puts a handler in front of Next. Next creates the server and does not expose it, but the diagnostics channel
 * shows it just before the first request is handled. Call this once, before that request. `onForeignHost` is called for
 * requests whose host is not the public address.
 */
export function standBeforeNext(onForeignHost: OnForeignHost): void {
  const prepared = new WeakSet<Server>();
  const styleSheet = findStyleSheet();
  const inTurn = createTurns();
  subscribe("http.server.request.start", (message) => {
    const server = toServer(message);
    if (server === null || prepared.has(server)) return;
    prepared.add(server);
    const listeners = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request, response) => {
      const requestId = createRequestId();
      request.url = toServedAddress(request.url ?? "");
      const rejection = judgeRequest(request, onForeignHost);
      if (rejection === null && answerPolled(request, response, requestId)) return;
      noteRequest(request, requestId());
      flattenHeaders(response);
      addBaselineHeaders(response, { requestId: requestId(), styleSheet });
      if (rejection !== null) {
        sendRejection(request, response, rejection);
        return;
      }
      const handOn = () => {
        for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
      };
      if (isSignIn(request)) inTurn(handOn);
      else handOn();
    });
  });
}

/** A new id, made when it is first needed: an unchanged poll neither sends nor logs it. */
function createRequestId(): () => string {
  let id: string | null = null;
  return () => (id ??= randomUUID());
}

/**
 * Adds headers with what Next does not pass on (the peer's address) or rewrites (the requested address), and the
 * request's id. Overwrites headers of these names that the client sent.
 */
function noteRequest(request: IncomingMessage, requestId: string): void {
  request.headers[peerHeader] = request.socket.remoteAddress ?? "";
  request.headers[addressHeader] = request.url ?? "/";
  request.headers[requestIdHeader] = requestId;
}

/**
 * Answers what pages and health checks ask over and over, from memory: Next's route handlers would give the same
 * answers (polled-reads.ts), and take some twenty times as long for it. Returns false for every other request.
 */
function answerPolled(request: IncomingMessage, response: ServerResponse, requestId: () => string): boolean {
  const { method, url = "" } = request;
  const read = method === "GET" ? findPolledRead(belowBase(url) ?? "") : null;
  if (read === null) return false;
  try {
    const sent = whenKnown(read(toReadRequest(request, response, requestId)), (reply) =>
      sendReply(reply, { request, response }, requestId),
    );
    if (sent !== null) sent.catch(() => response.destroy());
  } catch {
    response.destroy();
  }
  return true;
}

/** `signal` is made when it is first needed: a poll needs none. */
function toReadRequest(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: () => string,
): ReadRequest {
  return {
    url: request.url ?? "",
    headers: toHeaders(request, requestId),
    get signal() {
      const controller = new AbortController();
      response.once("close", () => controller.abort());
      return controller.signal;
    },
  };
}

/** The headers of a request with what `noteRequest` adds for Next. */
function toHeaders({ headers, socket }: IncomingMessage, requestId: () => string): RequestHeaders {
  return {
    get: (name) => {
      if (name === peerHeader) return socket.remoteAddress ?? "";
      if (name === requestIdHeader) return requestId();
      const value = headers[name];
      return typeof value === "object" ? value.join(", ") : (value ?? null);
    },
  };
}

/** Programs that guess passwords send these in bursts; other requests are answered in between. */
function isSignIn({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && url.split("?", 1)[0] === apiPaths.signIn;
}

function toServer(message: unknown): Server | null {
  if (typeof message !== "object" || message === null || !("server" in message)) return null;
  return message.server instanceof Server ? message.server : null;
}

/**
 * Next writes every header of a route handler's response as a list, and its own compression ignores a Content-Type
 * that is a list of one, so JSON would never be compressed: passes such lists on as plain values. Also drops
 * `Connection: keep-alive` where the client wants the connection closed (RFC 9112, 9.6).
 */
function flattenHeaders(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    !response.shouldKeepAlive && name.toLowerCase() === "connection"
      ? response
      : setHeader(name, toPlain(value));
}

type HeaderValue = number | string | readonly string[];

function toPlain(value: HeaderValue): HeaderValue {
  if (typeof value !== "object") return value;
  const [only, ...others] = value;
  return only === undefined || others.length > 0 ? value : only;
}

/**
 * Gives a response its request id, and `nosniff` and `no-store` unless it says otherwise: Next's own redirects and
 * errors carry neither. A 304 gets none of them: it stays short, and keeps the headers of the response it confirms.
 * The preloads of a page get their order.
 */
function addBaselineHeaders(
  response: ServerResponse,
  { requestId, styleSheet }: { requestId: string; styleSheet: string | null },
): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = (statusCode: number, ...rest: unknown[]): ServerResponse => {
    if (statusCode !== 304) {
      if (!response.hasHeader("x-content-type-options"))
        response.setHeader("x-content-type-options", "nosniff");
      if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "no-store");
      response.setHeader("x-request-id", requestId);
      const link = response.getHeader("link");
      if (typeof link === "string") response.setHeader("link", toFirstLoads(link, styleSheet));
    }
    Reflect.apply(writeHead, response, [statusCode, ...rest]);
    return response;
  };
}

/**
 * Runs tasks in order, one per turn of the event loop, so that other requests are answered between those of a burst.
 */
export function createTurns(): (task: () => void) => void {
  const waiting: (() => void)[] = [];

  function runNext(): void {
    const task = waiting.shift();
    if (waiting.length > 0) setImmediate(runNext);
    task?.();
  }

  return (task) => {
    waiting.push(task);
    if (waiting.length === 1) setImmediate(runNext);
  };
}

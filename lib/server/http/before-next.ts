import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { Server, type IncomingMessage } from "node:http";

import { addBaselineHeaders } from "./baseline-headers";
import { createTurns } from "./in-turn";
import { noteRequest } from "./request-log";
import { writeAsciiHeaders } from "./ascii-headers";
import { rejectRequest, type OnForeignHost } from "./reject-request";

/**
 * Stands between Node's server and Next, which made the server and shows it to nobody: the diagnostics channel does,
 * just before the first request is handed on. Called once, before that request. `onForeignHost` is told of requests
 * for a host that is not the public address.
 */
export function standBeforeNext(onForeignHost: OnForeignHost): void {
  const prepared = new WeakSet<Server>();
  const inTurn = createTurns();
  subscribe("http.server.request.start", (message) => {
    const server = toServer(message);
    if (server === null || prepared.has(server)) return;
    prepared.add(server);
    const listeners = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request, response) => {
      noteRequest(request);
      writeAsciiHeaders(response);
      addBaselineHeaders(response);
      if (rejectRequest(request, response, onForeignHost)) return;
      const handOn = () => {
        for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
      };
      if (isGuess(request)) inTurn(handOn);
      else handOn();
    });
  });
}

/** Programs send these in bursts, to try passwords: people who look are answered in between. */
function isGuess({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && url.split("?", 1)[0] === "/api/v1/sign-in";
}

function toServer(message: unknown): Server | null {
  if (typeof message !== "object" || message === null || !("server" in message)) return null;
  return message.server instanceof Server ? message.server : null;
}

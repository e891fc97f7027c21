import "server-only";

import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";

import { addBaselineHeaders } from "./baseline-headers";
import { noteRequest } from "./note-requests";
import { writePlainHeaderValues } from "./plain-header-values";
import { refuseRequest, type OnForeignHost } from "./refuse-request";

/**
 * Stands between Node's server and Next, which made the server and shows it to nobody: the diagnostics channel does,
 * just before the first request is handed on. Called once, before that request. `onForeignHost` is told of requests
 * for a host that is not the public address.
 */
export function standBeforeNext(onForeignHost: OnForeignHost): void {
  const prepared = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const server = toServer(message);
    if (server === null || prepared.has(server)) return;
    prepared.add(server);
    const listeners = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request, response) => {
      noteRequest(request);
      writePlainHeaderValues(response);
      addBaselineHeaders(response);
      if (refuseRequest(request, response, onForeignHost)) return;
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
    });
  });
}

function toServer(message: unknown): Server | null {
  if (typeof message !== "object" || message === null || !("server" in message)) return null;
  return message.server instanceof Server ? message.server : null;
}

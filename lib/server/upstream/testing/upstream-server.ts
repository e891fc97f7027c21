import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createRawServer, type Server, type Socket } from "node:net";

import { onTestFinished } from "vitest";

/** A request as it arrived. */
type Arrival = { method: string; path: string; headers: IncomingMessage["headers"]; tick: number };

export type Answering = (response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server on a free loopback port whose answers the test sets, until the test has finished. */
export async function startUpstream(answering: Answering) {
  const arrivals: Arrival[] = [];
  let answer = answering;
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    arrivals.push({ method, path: url, headers, tick: performance.now() });
    answer(response, request);
  });
  const url = await listen(server);
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url,
    arrivals,
    /** Replaces the answer for later requests. */
    answerWith: (next: Answering): void => {
      answer = next;
    },
  };
}

/** A TCP server that calls `onConnection` for each connection: for answers that are not valid HTTP. */
export async function startRawUpstream(onConnection: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", () => onConnection(socket));
  });
  const url = await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return url;
}

/** Listens on a free loopback port. */
export async function listen(server: Server, scheme = "http"): Promise<URL> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return new URL(`${scheme}://127.0.0.1:${address.port}`);
}

/** Answers 200 with this value as JSON. */
export function json(value: unknown): Answering {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
}

/** Answers with this status and headers, and a body that must not be read. */
export function status(code: number, headers: Record<string, string> = {}): Answering {
  return (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers }).end(`{"detail":"no"}`);
  };
}

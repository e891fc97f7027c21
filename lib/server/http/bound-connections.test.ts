import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { boundConnections, connectionBounds } from "./bound-connections";

const bounds = { all: 6, ofOne: 3, headers: 200, request: 400 };

let end = () => {};
beforeAll(() => {
  end = boundConnections(bounds, () => ({ isTrusted: () => false }));
});
// Test files share a process: servers of the next ones must not be bounded.
afterAll(() => end());

/** A server that checks for slow requests every 50 ms; Node's default is 30 s. */
async function serve(): Promise<{ server: Server; port: number }> {
  const server = createServer({ connectionsCheckingInterval: 50 }, (request, response) => {
    request.resume().on("end", () => response.end("ok"));
    request.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { server, port: address.port };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined).resume();
  await once(socket, "connect");
  return socket;
}

/** Also of a connection that is reset: the server may end it in the middle of what is sent. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.once("close", () => resolve()));
}

describe("connections", () => {
  it("end if they send no request", async () => {
    const { port } = await serve();
    await closed(await open(port));
  });

  it("end if their headers or body arrive byte by byte", async () => {
    const { port } = await serve();
    for (const start of [
      "GET / HTTP/1.1\r\nHost: a\r\nX: ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n",
    ]) {
      const socket = await open(port);
      socket.write(start);
      const drops = setInterval(() => socket.write("a"), 20);
      await closed(socket);
      clearInterval(drops);
    }
  });

  it("that request an upgrade get an ordinary response", async () => {
    const { server, port } = await serve();
    server.on("upgrade", () => undefined);
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const answer = await once(socket.setEncoding("utf8"), "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("are limited in number", async () => {
    const { server, port } = await serve();
    const sockets = await Promise.all(Array.from({ length: 6 }, () => open(port)));
    expect(server.maxConnections).toBe(6);
    const seventh = await open(port);
    await closed(seventh);
    expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  });

  it("have limits that many honest viewers do not reach", () => {
    expect(connectionBounds.all).toBeGreaterThan(2 * 1_000);
    expect(connectionBounds.headers).toBeLessThan(connectionBounds.request);
  });
});

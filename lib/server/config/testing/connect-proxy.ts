import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";

import { onTestFinished } from "vitest";

type Asked = { target: string; headers: IncomingHttpHeaders };

/** An address on loopback at which nothing listens. */
export async function closedAddress(): Promise<URL> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  await new Promise((closed) => server.close(closed));
  return new URL(`http://127.0.0.1:${address.port}`);
}

/**
 * A proxy on loopback that opens tunnels (CONNECT), all to the same local port whatever name is asked for; without a
 * port it refuses with 407. `passed` is everything that clients sent through, as the proxy sees it.
 */
export async function startConnectProxy(port: number | null) {
  const asked: Asked[] = [];
  const passed: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push({ target: `in clear: ${request.url ?? ""}`, headers: request.headers });
    response.writeHead(500).end();
  });
  server.on("connect", (request, client: Socket) => {
    asked.push({ target: request.url ?? "", headers: request.headers });
    sockets.add(client);
    client.on("error", () => client.destroy());
    if (port === null) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.on("data", (bytes: Buffer) => passed.push(bytes));
      client.pipe(upstream).pipe(client);
    });
    sockets.add(upstream);
    upstream.on("error", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return { url: new URL(`http://127.0.0.1:${address.port}`), asked, passed };
}

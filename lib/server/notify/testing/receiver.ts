import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

import { onTestFinished } from "vitest";

export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** How a receiver answers. `isAccepted`: it keeps the message. */
type Reply = { status: number; headers?: Record<string, string>; body?: string; isHanging?: boolean };

/** A real HTTP server on loopback that receives messages. `accepted` are those that it answered with 2xx. */
export async function startReceiver(reply: (received: Received, nth: number) => Reply) {
  const accepted: Received[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const received = { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
      count += 1;
      const { status, headers: given = {}, body = "ok", isHanging = false } = reply(received, count);
      if (isHanging) return;
      if (status >= 200 && status < 300) accepted.push(received);
      response.writeHead(status, given).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The receiver has no port.");
  const url = new URL(`http://127.0.0.1:${address.port}`);
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, accepted, count: () => count };
}

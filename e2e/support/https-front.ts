import { readFile } from "node:fs/promises";
import { request, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { resolve } from "node:path";

type Handler = (incoming: IncomingMessage, response: ServerResponse) => void;

/** An https server on loopback, with a certificate that only `ignoreHTTPSErrors` accepts. */
export async function serveHttps(host: "localhost" | "127.0.0.1", handle: Handler) {
  const pem = await readFile(resolve("e2e/support/localhost-test.pem"));
  const server = createServer({ key: pem, cert: pem }, handle);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `https://${host}:${address.port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** Forwards requests to `target()`, like a reverse proxy that terminates TLS. */
export function passOn(target: () => string): Handler {
  return (incoming, response) => {
    const { method = "GET", url = "/", headers } = incoming;
    const passed = request(new URL(url, target()), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    incoming.pipe(passed);
  };
}

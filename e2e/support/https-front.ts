import { readFile } from "node:fs/promises";
import { request, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { resolve } from "node:path";

type Handler = (incoming: IncomingMessage, response: ServerResponse) => void;

/**
 * An https server on loopback, with a certificate that only `ignoreHTTPSErrors` accepts, or with the one in `pemFile`.
 * `host` is the name in its address.
 */
export async function serveHttps(host: string, handle: Handler, pemFile = "e2e/support/localhost-test.pem") {
  const pem = await readFile(resolve(pemFile));
  const server = createServer({ key: pem, cert: pem }, handle);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `https://${host}:${address.port}`,
    port: address.port,
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
    const passedHeaders = { ...headers, "x-forwarded-proto": "https" };
    const passed = request(new URL(url, target()), { method, headers: passedHeaders }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    incoming.pipe(passed);
  };
}

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";

/** Handles one request. An error in it ends that connection and is printed; the process continues. */
export type AsyncListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server on 127.0.0.1 that can stop listening and listen again on the same port. */
export type LoopbackServer = {
  readonly url: () => string;
  /** Closing also destroys every open connection. */
  readonly setOpen: (open: boolean) => Promise<void>;
};

/** Listens on 127.0.0.1; port 0 picks a free one. Rejects when the port is taken. */
export async function listenOnLoopback(listener: AsyncListener, port: number): Promise<LoopbackServer> {
  // Longer than any polling interval: a keep-alive connection that dies at the very moment of the
  // next request would be a fault that no scenario asked for.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    listener(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await open(server, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no TCP address");
  return {
    url: () => `http://127.0.0.1:${address.port}`,
    setOpen: async (shouldBeOpen) => {
      if (shouldBeOpen === server.listening) return;
      await (shouldBeOpen ? open(server, address.port) : close(server));
    },
  };
}

function open(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

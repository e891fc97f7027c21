import { createServer, type RequestListener } from "node:http";

export type BareServer = { url: string; close: () => Promise<void> };

/** A node:http server on a free port of loopback: the baseline of all measurements. */
export async function serveBare(answer: RequestListener): Promise<BareServer> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return {
    url: `http://localhost:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

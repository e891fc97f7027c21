import { connect, createServer, type Socket } from "node:net";

import { portOf } from "../../e2e/support/rollcall";

/** Forwards connections to a database or a server, and delays everything by this many milliseconds in each direction. */
export async function startSlowProxy(url: string, delay: number) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("data", (chunk) => setTimeout(() => other.write(chunk), delay));
    socket.on("error", () => other.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      setTimeout(() => other.end(), delay);
    });
  };
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    keep(client, database);
    keep(database, client);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(portOf(server));
  return {
    url: through.href,
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

import { connect, createServer, type AddressInfo, type Socket } from "node:net";

import { onTestFinished } from "vitest";

/**
 * Imitates PgBouncer's defaults in front of a PostgreSQL: refuses a connection with an unknown setting, with the same
 * message, and forwards everything else. Resolves with the address to use.
 */
export async function startRefusingPooler(url: string): Promise<string> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client.on("error", () => client.destroy()));
    client.once("data", (startup) => {
      const refused = findUnknown(startup);
      if (refused !== undefined) {
        client.end(toRefusal(`unsupported startup parameter: ${refused}`));
        return;
      }
      const upstream = connect(Number(target.port), target.hostname);
      sockets.add(upstream.on("error", () => client.destroy()));
      upstream.write(startup);
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = new URL(url);
  address.hostname = "127.0.0.1";
  address.port = String(toPort(server.address()));
  return address.href;
}

const known = new Set(["user", "database", "application_name", "client_encoding"]);

/** The first unknown parameter of a StartupMessage: length, version, then names and values in turn, each ended by NUL. */
function findUnknown(startup: Buffer): string | undefined {
  const words = startup.subarray(8).toString("utf8").split("\0");
  return words.find((word, index) => index % 2 === 0 && word !== "" && !known.has(word));
}

/** An ErrorResponse as PgBouncer writes it. */
function toRefusal(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

function toPort(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

import { once } from "node:events";
import { connect } from "node:net";

/** Everything that comes back for one GET, headers included, as it crosses the wire. */
export async function rawGet(address: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  const url = new URL(address);
  const socket = connect(Number(url.port), "127.0.0.1");
  const lines = Object.entries({ host: url.host, connection: "keep-alive", ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  let received = Buffer.alloc(0);
  socket.on("data", (chunk) => (received = Buffer.concat([received, chunk])));
  while (!isWhole(received)) await once(socket, "data");
  socket.destroy();
  return received;
}

function isWhole(received: Buffer): boolean {
  const text = received.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  if (text.startsWith("HTTP/1.1 304")) return true;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1];
  return length === undefined
    ? text.endsWith("\r\n0\r\n\r\n")
    : received.byteLength >= end + 4 + Number(length);
}

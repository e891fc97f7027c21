import { createServer } from "node:http";

/** The webhook of the demo: a server on this machine that accepts every message and keeps none. */
export async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(204).end());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref();
  return `http://127.0.0.1:${server.address().port}/webhook`;
}

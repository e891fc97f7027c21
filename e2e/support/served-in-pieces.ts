import { createServer, request, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const PIECE = 2_000;
const PAUSE_MS = 30;

/** A slow line to a server: its pages arrive a few kilobytes at a time, everything else as it is. */
export async function servedInPieces(origin: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(origin).host, "accept-encoding": "identity" };
    const onward = request(`${origin}${asked.url ?? "/"}`, { method: asked.method, headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers);
      const isPage = (said.headers["content-type"] ?? "").startsWith("text/html");
      if (!isPage) said.pipe(answer);
      else void inPieces(said, (piece) => answer.write(piece)).then(() => answer.end());
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the slow line has no port");
  return { url: `http://127.0.0.1:${String(place.port)}`, close: async () => closed(server) };
}

async function inPieces(source: AsyncIterable<Buffer>, write: (piece: Buffer) => void): Promise<void> {
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      write(chunk.subarray(start, start + PIECE));
      await sleep(PAUSE_MS);
    }
  }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}

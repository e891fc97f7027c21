import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

import { afterEach, describe, expect, it } from "vitest";

import { sendReply, type Reply } from "./reply";

const long = new TextEncoder().encode(JSON.stringify({ text: "replica ".repeat(500) }));
const short = new TextEncoder().encode('{"text":"short"}');
const usual = { "content-type": "application/json", connection: "keep-alive", etag: 'W/"a"' };

let server: Server | null = null;
afterEach(() => server?.close());

/** What a client gets of a reply over real HTTP. fetch would unpack the body. */
async function get(reply: Reply, headers: OutgoingHttpHeaders) {
  server = createServer((incoming, response) => {
    void sendReply(reply, { request: incoming, response }, () => "id-1");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const asked = request({ port: address.port, host: "127.0.0.1", headers }).end();
  const response = await new Promise<IncomingMessage>((resolve) => asked.once("response", resolve));
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe("a reply", () => {
  it.each(["gzip", "br, gzip;q=0.5", "deflate, GZIP"])("is compressed for %j", async (accepted) => {
    const reply = { status: 200, headers: usual, bytes: long };
    const { headers, body } = await get(reply, { "accept-encoding": accepted });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(headers.vary).toBe("accept-encoding");
    expect(Number(headers["content-length"])).toBe(body.byteLength);
    expect(gunzipSync(body).equals(long)).toBe(true);
  });

  it.each([undefined, "", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])(
    "is not compressed for %j",
    async (accepted) => {
      const asked = accepted === undefined ? {} : { "accept-encoding": accepted };
      const { headers, body } = await get({ status: 200, headers: usual, bytes: long }, asked);
      expect(headers["content-encoding"]).toBeUndefined();
      expect(headers.vary).toBe("accept-encoding");
      expect(body.equals(long)).toBe(true);
    },
  );

  it("that is short is not compressed", async () => {
    const reply = { status: 503, headers: usual, bytes: short };
    const { status, headers, body } = await get(reply, { "accept-encoding": "gzip" });
    expect([status, headers["content-encoding"], body.toString()]).toEqual([
      503,
      undefined,
      '{"text":"short"}',
    ]);
    expect(headers["x-request-id"]).toBe("id-1");
  });

  it("without news carries nothing but what it confirms", async () => {
    const { status, headers, body } = await get({ status: 304, headers: usual, bytes: null }, {});
    expect([status, headers.etag, body.byteLength]).toEqual([304, 'W/"a"', 0]);
    expect([headers["x-request-id"], headers.vary]).toEqual([undefined, undefined]);
  });

  it("does not promise an open connection to a client that wants it closed", async () => {
    const reply = { status: 200, headers: usual, bytes: short };
    expect((await get(reply, { connection: "close" })).headers.connection).toBe("close");
  });
});

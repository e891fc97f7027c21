import { inspect } from "node:util";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createUpstreamClient } from "./client";
import { startRawUpstream, startUpstream, type Answering } from "./testing/upstream-server";

const page = { "content-type": "application/json" };

/** Everything that careless code could log about an error. */
function describeFully(error: unknown): string {
  const own = error instanceof Error ? Object.getOwnPropertyNames(error) : [];
  const parts = [
    inspect(error, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error),
  ];
  if (error instanceof Error) {
    parts.push(error.message, error.stack ?? "", JSON.stringify(error, own), inspect(error.cause));
  }
  return parts.join("\n");
}

async function failWith(url: URL, key: string, patience = 20_000): Promise<unknown> {
  const client = createUpstreamClient({
    baseUrl: url,
    readKey: () => Promise.resolve(key),
    userAgent: "Rollcall/test",
    budgets: { connect: patience, whole: patience, bytes: 1_024 },
  });
  onTestFinished(() => client.close());
  return client.readEndpoint("a").then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe("a key that may not be sent", () => {
  it.each(["\r", "\n", "\r\nx-injected: 1", "\0", "\u007f", "\u0085", "\u2028", "\ud800", "\t", " "])(
    "because it contains %j appears nowhere and is not sent",
    async (odd) => {
      const connections = vi.fn();
      const url = await startRawUpstream(connections);
      for (const key of [`canary-one${odd}canary-two`, `canary-one${odd}`, `${odd}canary-two`]) {
        const failure = await failWith(url, key);
        expect(failure).toMatchObject({ name: "UpstreamFailure", code: "key_rejected", status: null });
        expect(describeFully(failure)).not.toMatch(/canary|injected/);
      }
      expect(connections).not.toHaveBeenCalled();
    },
  );
});

describe("a key that is sent", () => {
  const key = "csk-canary-key";
  const echo: Answering = (response, request) => {
    const sent = request.headers.authorization ?? "";
    response.writeHead(401, sent, { ...page, "www-authenticate": sent, location: `/${sent}` }).end(sent);
  };
  const raw: [string, (header: string) => string][] = [
    ["in the status line", (header) => `HTTP/1.1 ${header}\r\n\r\n`],
    ["in place of HTTP", (header) => header],
    ["in a broken header", (header) => `HTTP/1.1 200 OK\r\n${header}\r\n\r\n`],
    ["in a broken length", (header) => `HTTP/1.1 200 OK\r\ncontent-length: ${header}\r\n\r\n`],
    ["in a broken chunk", (header) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${header}`],
    ["in a type", (header) => `HTTP/1.1 200 OK\r\ncontent-type: ${header}\r\n\r\n{}`],
    ["in an encoding", (header) => `HTTP/1.1 200 OK\r\ncontent-encoding: ${header}\r\n\r\n{}`],
    ["in a body that is no JSON", (header) => `HTTP/1.1 200 OK\r\n\r\n${header}`],
    ["in a body cut off", (header) => `HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n${header}`],
    ["in a body too long", (header) => `HTTP/1.1 200 OK\r\n\r\n${header.repeat(100)}`],
    ["in a redirect", (header) => `HTTP/1.1 302 Found\r\nlocation: https://a.example/?${header}\r\n\r\n`],
    ["in the host of a redirect", () => `HTTP/1.1 302 Found\r\nlocation: https://${key}.example/\r\n\r\n`],
  ];

  it("and echoed everywhere in an error reply appears nowhere", async () => {
    const { url } = await startUpstream(echo);
    expect(describeFully(await failWith(url, key))).not.toContain("canary");
  });

  it.each(raw)("and echoed %s appears nowhere", async (_, answer) => {
    const url = await startRawUpstream((socket) => socket.end(answer(`Bearer ${key}`)));
    const failure = await failWith(url, key);
    expect(failure).toMatchObject({ name: "UpstreamFailure" });
    expect(describeFully(failure)).not.toContain("canary");
  });

  it("appears nowhere if the server is silent, unreachable or does not speak TLS", async () => {
    const silent = await startRawUpstream(() => undefined);
    const plain = await startUpstream(echo);
    const urls = [silent, new URL("http://127.0.0.1:1"), new URL(plain.url.href.replace("http:", "https:"))];
    for (const url of urls) expect(describeFully(await failWith(url, key, 300))).not.toContain("canary");
    expect(plain.arrivals).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { UpstreamFailure } from "./failure";
import { createSender, type Budgets } from "./send";
import {
  json,
  listen,
  startRawUpstream,
  startUpstream,
  status,
  type Answering,
} from "./testing/upstream-server";

const key = "csk-a-key-that-nobody-may-read";
const budgets: Budgets = { connect: 300, whole: 300, bytes: 64 * 1024 };

/** Sends once and tells what the caller got: the text, or the failure. */
async function send(url: URL, using = key, within = budgets): Promise<string | UpstreamFailure> {
  const sender = createSender("Rollcall/test", within);
  onTestFinished(() => sender.close());
  return sender.send(url, using).then(
    (bytes) => bytes.toString("utf8"),
    (error: unknown) => {
      if (error instanceof UpstreamFailure) return error;
      throw error;
    },
  );
}

async function answerTo(answering: Answering): Promise<string | UpstreamFailure> {
  return send((await startUpstream(answering)).url);
}

const page = { "content-type": "application/json" };

describe("an answer", () => {
  it.each([
    ["application/json"],
    ["application/json; charset=utf-8"],
    ["Application/JSON"],
    ["application/vnd.cerebras+json"],
    ["text/json"],
  ])("of type %s is read", async (type) => {
    expect(await answerTo((response) => response.writeHead(200, { "content-type": type }).end("{}"))).toBe(
      "{}",
    );
  });

  it("without a type is read", async () => {
    expect(await answerTo((response) => response.writeHead(200).end("{}"))).toBe("{}");
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("in %s is decoded", async (encoding, compress) => {
    const headers = { ...page, "content-encoding": encoding };
    expect(await answerTo((response) => response.writeHead(200, headers).end(compress("{}")))).toBe("{}");
  });

  it("just within the cap is read whole", async () => {
    const body = "x".repeat(budgets.bytes);
    expect(await answerTo((response) => response.writeHead(200, page).end(body))).toBe(body);
  });

  it("that sets a cookie is read, and the cookie is not sent back", async () => {
    const { url, arrivals } = await startUpstream((response) =>
      response.writeHead(200, { ...page, "set-cookie": "session=canary" }).end("{}"),
    );
    const sender = createSender("Rollcall/test", budgets);
    onTestFinished(() => sender.close());
    await sender.send(url, key);
    await sender.send(url, key);
    expect(arrivals.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });
});

describe("a request", () => {
  it("is a GET that carries the key once, in its place", async () => {
    const { url, arrivals } = await startUpstream(json({}));
    await send(new URL("/management/v1/endpoints/acme", url));
    expect(arrivals).toHaveLength(1);
    expect(arrivals[0]).toMatchObject({
      method: "GET",
      path: "/management/v1/endpoints/acme",
      headers: { authorization: `Bearer ${key}`, "user-agent": "Rollcall/test", accept: "application/json" },
    });
  });
});

describe("what is slow", () => {
  const slow: [string, Answering][] = [
    ["nothing at all", () => undefined],
    [
      "a dribble",
      (response) => {
        response.writeHead(200, page);
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
    ["headers and nothing more", (response) => response.writeHead(200, page).flushHeaders()],
  ];

  it.each(slow)("ends within the budget: %s", async (_, answering) => {
    const startedAt = performance.now();
    expect(await answerTo(answering)).toMatchObject({ code: "timed_out", status: null });
    expect(performance.now() - startedAt).toBeLessThan(3 * budgets.whole);
  });

  it("ends within the budget: headers a byte at a time", async () => {
    const text = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    const url = await startRawUpstream((socket) => {
      let sent = 0;
      const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ""), 25);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await send(url)).toMatchObject({ code: "timed_out" });
  });
});

describe("a broken connection", () => {
  it("that is refused is unreachable", async () => {
    const server = createServer();
    const url = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await send(url)).toMatchObject({ code: "unreachable", detail: "ECONNREFUSED", status: null });
  });

  it("that is reset is unreachable", async () => {
    expect(await send(await startRawUpstream((socket) => socket.resetAndDestroy()))).toMatchObject({
      code: "unreachable",
    });
  });

  it("that is closed without an answer is unreachable", async () => {
    expect(await send(await startRawUpstream((socket) => socket.end()))).toMatchObject({
      code: "unreachable",
    });
  });

  it("to a name that nobody has is unreachable", async () => {
    expect(await send(new URL("http://nobody.invalid"), key, { ...budgets, whole: 5_000 })).toMatchObject({
      code: "unreachable",
    });
  });

  it.each([
    ["a first line that is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["a status that is no number", "HTTP/1.1 abc OK\r\n\r\n"],
    ["headers without an end", `HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(100_000)}\r\n\r\n`],
    ["half of the promised length", `HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"name":`],
    ["a chunk cut off", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"name":`],
    ["a chunk of no size", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}`],
  ])("that brings %s is unreadable", async (_, text) => {
    expect(await send(await startRawUpstream((socket) => socket.end(text)))).toMatchObject({
      code: "unreadable_reply",
    });
  });
});

describe("a go-ahead or a change of protocol that nobody asked for", () => {
  it.each([
    ["HTTP/1.1 100 Continue\r\n\r\n"],
    ["HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
  ])("%j is an unexpected answer", async (text) => {
    expect(await send(await startRawUpstream((socket) => socket.end(text)))).toMatchObject({
      code: "unexpected_answer",
    });
  });
});

describe("a secure connection", () => {
  it.each([undefined, "0"])(
    "to a certificate that nobody vouches for fails before the key is sent, NODE_TLS_REJECT_UNAUTHORIZED=%s",
    async (environment) => {
      vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", environment);
      onTestFinished(() => void vi.unstubAllEnvs());
      const pem = readFileSync(new URL("testing/self-signed.pem", import.meta.url));
      let requests = 0;
      const server = createTlsServer({ key: pem, cert: pem }, () => (requests += 1));
      const url = await listen(server, "https");
      onTestFinished(() => void server.close());
      expect(await send(url)).toMatchObject({
        code: "secure_connection_failed",
        detail: "DEPTH_ZERO_SELF_SIGNED_CERT",
      });
      expect(requests).toBe(0);
    },
  );

  it("to a server that speaks plain HTTP fails", async () => {
    const { url, arrivals } = await startUpstream(json({}));
    expect(await send(new URL(url.href.replace("http:", "https:")))).toMatchObject({
      code: "secure_connection_failed",
    });
    expect(arrivals).toEqual([]);
  });

  it("to a server that never shakes hands is given up in time", async () => {
    const url = await startRawUpstream(() => undefined);
    expect(
      await send(new URL(url.href.replace("http:", "https:")), key, {
        ...budgets,
        connect: 600,
        whole: 5_000,
      }),
    ).toMatchObject({ code: "timed_out", message: "Cerebras could not be reached within 1 s." });
  });
});

describe("an unreadable answer", () => {
  const inflated = Buffer.alloc(20_000_000, " ");
  const gzipBomb = gzipSync(inflated);
  const brotliBomb = brotliCompressSync(inflated, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

  it.each<[string, Answering]>([
    ["html", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>")],
    [
      "the right body of another type",
      (response) => response.writeHead(200, { "content-type": "text/plain" }).end("{}"),
    ],
    [
      "an unknown encoding",
      (response) => response.writeHead(200, { ...page, "content-encoding": "zstd2" }).end("{}"),
    ],
    [
      "damaged gzip",
      (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end("{}"),
    ],
    [
      "truncated gzip",
      (response) =>
        response.writeHead(200, { ...page, "content-encoding": "gzip" }).end(gzipSync("{}").subarray(0, 12)),
    ],
    [
      "a gzip bomb",
      (response) => response.writeHead(200, { ...page, "content-encoding": "gzip" }).end(gzipBomb),
    ],
    [
      "a brotli bomb",
      (response) => response.writeHead(200, { ...page, "content-encoding": "br" }).end(brotliBomb),
    ],
    ["a byte too many", (response) => response.writeHead(200, page).end("x".repeat(budgets.bytes + 1))],
  ])("is what %s makes", async (_, answering) => {
    expect(await answerTo(answering)).toMatchObject({ code: "unreadable_reply", raw: null });
  });

  it("of a gigabyte is left at the cap", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, " ");
    let isClosed = false;
    const { url } = await startUpstream((response) => {
      response.writeHead(200, { ...page, "content-length": "1000000000" });
      const more = () => {
        while (!response.destroyed && sent < 1_000_000_000) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      response.on("close", () => (isClosed = true));
      more();
    });
    expect(await send(url, key, { ...budgets, whole: 5_000 })).toMatchObject({ code: "unreadable_reply" });
    await vi.waitFor(() => expect(isClosed).toBe(true));
    expect(sent).toBeLessThan(20_000_000);
  });
});

describe("another status than 200", () => {
  it.each<[number, string, RegExp]>([
    [201, "unexpected_answer", /201/],
    [204, "unexpected_answer", /204/],
    [206, "unexpected_answer", /206/],
    [300, "unexpected_redirect", /redirect/],
    [304, "unexpected_redirect", /redirect/],
    [400, "unexpected_answer", /400/],
    [401, "key_rejected", /rejects the management key/],
    [402, "unexpected_answer", /402/],
    [403, "key_lacks_access", /lacks access/],
    [404, "not_found", /404/],
    [407, "unexpected_answer", /407/],
    [408, "upstream_error", /408/],
    [418, "unexpected_answer", /418/],
    [422, "unexpected_answer", /422/],
    [429, "rate_limited", /slow down/],
    [500, "upstream_error", /500/],
    [502, "upstream_error", /502/],
    [503, "upstream_error", /503/],
    [504, "upstream_error", /504/],
    [599, "upstream_error", /599/],
  ])("%i is %s, in words", async (code, expected, message) => {
    const failure = await answerTo(status(code));
    expect(failure).toMatchObject({ code: expected, status: code });
    expect(failure).toHaveProperty("message", expect.stringMatching(message));
    // What upstream wrote into the body is no part of what people read.
    expect(inspect(failure)).not.toContain("detail: no");
  });

  it.each([301, 302, 303, 307, 308])("%i is not followed, and the key is sent once", async (code) => {
    const elsewhere = await startUpstream(json({}));
    for (const location of [
      new URL("/secret?token=canary", elsewhere.url).href,
      "/elsewhere",
      "//evil.example/x",
      "\\x",
    ]) {
      const { url, arrivals } = await startUpstream(status(code, { location }));
      const failure = await send(url);
      expect(failure).toMatchObject({ code: "unexpected_redirect", status: code });
      expect(arrivals).toHaveLength(1);
      expect(inspect(failure)).not.toContain("canary");
    }
    expect(elsewhere.arrivals).toEqual([]);
  });

  it.each([
    ["/elsewhere", "302 to the same host"],
    ["https://evil.example:8443/collect?token=canary", "302 to evil.example:8443"],
    ["//evil.example/collect", "302 to evil.example"],
    ["https://user:canary@evil.example/", "302 to evil.example"],
    ["http://[", "302 to nowhere"],
    [`https://${"a.".repeat(120)}example/`, `302 to ${"a.".repeat(50)}`],
  ])("302 to %s names its host for the log, and nothing else of it", async (location, detail) => {
    expect(await answerTo(status(302, { location }))).toMatchObject({ detail });
  });

  it("leaves the connection pool usable", async () => {
    const { url, answerWith } = await startUpstream(status(500));
    const sender = createSender("Rollcall/test", budgets);
    onTestFinished(() => sender.close());
    for (let count = 0; count < 40; count += 1) await sender.send(url, key).catch(() => undefined);
    answerWith(json({ ok: true }));
    expect((await sender.send(url, key)).toString()).toBe(`{"ok":true}`);
  });
});

describe("the key", () => {
  const oddKeys = ["csk\r\nx: injected", "csk\0null", "csk\nsecond", "schlüssel-ключ", "csk%0d%0a\"'\\ {}"];

  it.each(oddKeys)("%j is in no part of a failure, whatever fails", async (odd) => {
    const { url, arrivals } = await startUpstream(status(401, { "x-echo": "none" }));
    const refused = new URL("http://127.0.0.1:1");
    for (const failure of [await send(url, odd), await send(refused, odd)]) {
      const told = [
        inspect(failure, { depth: 9, showHidden: true }),
        JSON.stringify(failure),
        String(failure),
      ];
      for (const text of [...told, failure instanceof Error ? (failure.stack ?? "") : ""]) {
        expect(text).not.toContain(odd);
        expect(text).not.toContain(odd.slice(0, 6));
        expect(text).not.toContain(JSON.stringify(odd).slice(1, -1));
      }
      expect(failure).not.toHaveProperty("cause");
    }
    expect(arrivals.every(({ headers }) => headers["x"] === undefined)).toBe(true);
  });

  it.each(["csk\r\nx: injected", "csk\n", "csk\0null", "csk second", "schlüssel", ""])(
    "%j is no key: nothing is sent, and the key is named as the cause",
    async (odd) => {
      const { url, arrivals } = await startUpstream(json({}));
      expect(await send(url, odd)).toMatchObject({ code: "key_rejected", detail: "unusable key" });
      expect(arrivals).toEqual([]);
    },
  );
});

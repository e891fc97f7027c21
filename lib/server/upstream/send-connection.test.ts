import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { answerTo, budgets, key, page, send, shortBudgets } from "./testing/send-once";
import { json, listen, startRawUpstream, startUpstream, type Answering } from "./testing/upstream-server";

describe("a slow reply", () => {
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
    ["headers only", (response) => response.writeHead(200, page).flushHeaders()],
  ];

  it.each(slow)("ends within the budget: %s", async (_, answering) => {
    expect(await answerTo(answering, shortBudgets)).toMatchObject({ code: "timed_out", status: null });
  });

  it("ends within the budget: headers a byte at a time", async () => {
    const text = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    const url = await startRawUpstream((socket) => {
      let sent = 0;
      const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ""), 25);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await send(url, key, shortBudgets)).toMatchObject({ code: "timed_out" });
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

  it("to a name that does not exist is unreachable", async () => {
    // Too long for a name server, so that none is asked: it may be slow.
    expect(await send(new URL(`http://${"x".repeat(64)}.invalid`))).toMatchObject({
      code: "unreachable",
      detail: "ENOTFOUND",
    });
  });

  it.each([
    ["a first line that is not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["a status that is not a number", "HTTP/1.1 abc OK\r\n\r\n"],
    ["headers without an end", `HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(100_000)}\r\n\r\n`],
    ["half of the promised length", `HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"name":`],
    ["a truncated chunk", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"name":`],
    ["a chunk without a size", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}`],
  ])("that sends %s is unreadable", async (_, text) => {
    expect(await send(await startRawUpstream((socket) => socket.end(text)))).toMatchObject({
      code: "unreadable_reply",
    });
  });
});

describe("an unsolicited 100 or 101", () => {
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
    "with a self-signed certificate fails before the key is sent, NODE_TLS_REJECT_UNAUTHORIZED=%s",
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

  it("to a server that never completes the handshake times out", async () => {
    const url = await startRawUpstream(() => undefined);
    expect(
      await send(new URL(url.href.replace("http:", "https:")), key, {
        ...budgets,
        connect: 600,
      }),
    ).toMatchObject({ code: "timed_out", message: "Cerebras could not be reached within 1 s." });
  });
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it, onTestFinished } from "vitest";

import { closedAddress, startConnectProxy } from "@/lib/server/config/testing/connect-proxy";

import { budgets, key, send, shortBudgets } from "./testing/send-once";
import { listen } from "./testing/upstream-server";

const upstream = new URL("https://upstream.test/management/v1/endpoints/a");

const pemFile = fileURLToPath(new URL("testing/upstream-test.pem", import.meta.url));

async function startTlsServer() {
  const pem = readFileSync(pemFile);
  const arrivals: string[] = [];
  const server = createTlsServer({ key: pem, cert: pem }, (request, response) => {
    arrivals.push(request.headers.authorization ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end('{"endpoints":[]}');
  });
  const { port } = await listen(server, "https");
  onTestFinished(() => void server.close());
  return { port: Number(port), arrivals };
}

describe("through a proxy", () => {
  it("requests a tunnel with the proxy's credentials, and verifies the certificate inside it", async () => {
    const { port, arrivals } = await startTlsServer();
    const proxy = await startConnectProxy(port);
    const url = new URL(proxy.url);
    url.username = "ada";
    url.password = "pass%20word";
    expect(await send(upstream, key, budgets, url)).toMatchObject({
      code: "secure_connection_failed",
      detail: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(proxy.asked).toHaveLength(1);
    expect(proxy.asked[0]).toMatchObject({
      target: "upstream.test:443",
      headers: { "proxy-authorization": `Basic ${Buffer.from("ada:pass word").toString("base64")}` },
    });
    expect(JSON.stringify(proxy.asked)).not.toContain(key);
    expect(Buffer.concat(proxy.passed).includes(key)).toBe(false);
    expect(arrivals).toEqual([]);
  });

  it("reads the reply if NODE_EXTRA_CA_CERTS has the authority, and the proxy never sees the key", async () => {
    const { port, arrivals } = await startTlsServer();
    const proxy = await startConnectProxy(port);
    const program = fileURLToPath(new URL("testing/ask-once.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", program, upstream.origin, proxy.url.href, key],
      { env: { NODE_ENV: "test", NODE_EXTRA_CA_CERTS: pemFile } },
    );
    expect(stdout).toBe("0 endpoints\n");
    expect(arrivals).toEqual([`Bearer ${key}`]);
    expect(proxy.asked).toMatchObject([{ target: "upstream.test:443" }]);
    expect(JSON.stringify(proxy.asked) + Buffer.concat(proxy.passed).toString("latin1")).not.toContain(key);
  });

  it("reports that the proxy refused, with its status", async () => {
    const proxy = await startConnectProxy(null);
    expect(await send(upstream, key, budgets, proxy.url)).toMatchObject({
      code: "unreachable",
      message: "The proxy in HTTPS_PROXY refused the connection (407).",
      detail: "proxy 407",
    });
  });

  it("reports that the proxy is unreachable", async () => {
    expect(await send(upstream, key, budgets, await closedAddress())).toMatchObject({
      code: "unreachable",
      message: "The proxy in HTTPS_PROXY cannot be reached (ECONNREFUSED).",
    });
  });

  it.each([
    ["nothing", () => undefined],
    [
      "a tunnel to nothing",
      (socket: { write: (text: string) => void }) => socket.write("HTTP/1.1 200 OK\r\n\r\n"),
    ],
  ])("ends within the budget if the proxy answers %s", async (_, answer) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined).once("data", () => answer(socket));
      onTestFinished(() => void socket.destroy());
    });
    const url = await listen(server);
    onTestFinished(() => void server.close());
    expect(await send(upstream, key, shortBudgets, url)).toMatchObject({ code: "timed_out" });
  });
});

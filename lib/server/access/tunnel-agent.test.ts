import { createServer as createTlsServer, get } from "node:https";
import { once } from "node:events";
import { readFileSync } from "node:fs";

import { describe, expect, it, onTestFinished } from "vitest";

import { closedAddress, startConnectProxy } from "@/lib/server/config/testing/connect-proxy";

import { TunnelAgent } from "./tunnel-agent";

const pem = readFileSync(new URL("../upstream/testing/self-signed.pem", import.meta.url));

async function startTlsServer(): Promise<number> {
  const server = createTlsServer({ key: pem, cert: pem }, (request, response) =>
    response.end(`got ${request.url ?? ""}`),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

/** The content of a page at the provider, or why it cannot be read. */
function read(agent: TunnelAgent, url: string, ca?: Buffer): Promise<string> {
  return new Promise((resolve) => {
    // The certificate names only the address.
    const options = { agent, ...(ca === undefined ? {} : { ca, checkServerIdentity: () => undefined }) };
    get(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve(text));
    }).on("error", (error) => resolve(error.message));
  });
}

describe("an agent for outgoing requests", () => {
  it("reaches a host through the proxy, and speaks TLS with the host itself", async () => {
    const proxy = await startConnectProxy(await startTlsServer());
    const agent = new TunnelAgent({ address: new URL(`http://ada:p%40ss@${proxy.url.host}`), bypass: [] });
    expect(await read(agent, "https://sso.test/token?a=b", pem)).toBe("got /token?a=b");
    expect(proxy.asked).toMatchObject([
      { target: "sso.test:443", headers: { "proxy-authorization": `Basic ${btoa("ada:p@ss")}` } },
    ]);
    expect(Buffer.concat(proxy.passed).includes("/token")).toBe(false);
  });

  it("trusts no certificate from an unknown authority", async () => {
    const proxy = await startConnectProxy(await startTlsServer());
    const agent = new TunnelAgent({ address: proxy.url, bypass: [] });
    expect(await read(agent, "https://sso.test/")).toMatch(/self-signed certificate/);
  });

  it("reaches this machine and what NO_PROXY names directly", async () => {
    const port = await startTlsServer();
    const proxy = await startConnectProxy(null);
    const agent = new TunnelAgent({ address: proxy.url, bypass: ["sso.test"] });
    expect(await read(agent, `https://127.0.0.1:${port}/`, pem)).toBe("got /");
    expect(proxy.asked).toEqual([]);
  });

  it("says that the proxy refuses", async () => {
    const proxy = await startConnectProxy(null);
    const agent = new TunnelAgent({ address: proxy.url, bypass: [] });
    expect(await read(agent, "https://sso.test/")).toBe(
      "The proxy in HTTPS_PROXY refused the connection (407).",
    );
  });

  it("says that the proxy cannot be reached", async () => {
    const agent = new TunnelAgent({ address: await closedAddress(), bypass: [] });
    expect(await read(agent, "https://sso.test/")).toBe(
      "The proxy in HTTPS_PROXY cannot be reached (ECONNREFUSED).",
    );
  });
});

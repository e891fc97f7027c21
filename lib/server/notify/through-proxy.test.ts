import { describe, expect, it, vi } from "vitest";

import type { ChannelSettings } from "@/lib/server/config/channels";
import { closedAddress, startConnectProxy } from "@/lib/server/config/testing/connect-proxy";
import { notification } from "@/lib/server/db/testing/notifications";

import { startReceiver } from "./testing/receiver";
import { startSending } from "./testing/sending";

const patience = { timeout: 10_000 };
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const hook = (url: string): ChannelSettings => ({ name: "team", type: "webhook", url: new URL(url), secret });
const mail: ChannelSettings = {
  ...{ name: "team", type: "mail", url: new URL("smtps://mail.test") },
  ...{ from: "rollcall@example.com", to: ["team@example.com"] },
};

/** Why the only delivery waits, once it was attempted. */
async function failureOf(channel: ChannelSettings, address: URL): Promise<string | null> {
  const { write, deliveries } = await startSending([channel], { address, bypass: [] });
  await write([notification("failed")]);
  return vi.waitFor(async () => {
    const [delivery] = await deliveries.list({ limit: 1 });
    expect(delivery?.error).not.toBeNull();
    return delivery?.error ?? null;
  }, patience);
}

describe("messages through a proxy", () => {
  it.each([
    ["webhook", hook("https://hooks.test/services/secret"), "hooks.test"],
    ["mail", mail, "mail.test"],
  ])("%s: the failure says that the proxy refused, or is not there", async (_, channel, host) => {
    const proxy = await startConnectProxy(null);
    proxy.url.username = "ada";
    proxy.url.password = "secret-of-the-proxy";
    expect(await failureOf(channel, proxy.url)).toBe(
      `${host} cannot be reached. The proxy in HTTPS_PROXY refused the connection (407).`,
    );
    const port = channel.type === "mail" ? 465 : 443;
    expect(proxy.asked[0]).toMatchObject({
      target: `${host}:${port}`,
      headers: { "proxy-authorization": `Basic ${btoa("ada:secret-of-the-proxy")}` },
    });
    expect(await failureOf(channel, await closedAddress())).toBe(
      `${host} cannot be reached. The proxy in HTTPS_PROXY cannot be reached (ECONNREFUSED).`,
    );
  });

  it("a receiver on this machine is reached directly", async () => {
    const receiver = await startReceiver(() => ({ status: 200 }));
    const proxy = await startConnectProxy(null);
    const { write } = await startSending([hook(receiver.url.href)], { address: proxy.url, bypass: [] });
    await write([notification("failed")]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(1), patience);
    expect(proxy.asked).toEqual([]);
  });
});

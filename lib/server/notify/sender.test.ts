import { createHmac } from "node:crypto";

import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";

import { notification } from "@/lib/server/db/testing/notifications";

import { startReceiver } from "./testing/receiver";
import { startSending } from "./testing/sending";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const deployments = Array.from({ length: 12 }, (_, nth) => `d${nth}`);

function webhook(name: string, url: URL) {
  return { name, type: "webhook" as const, url: new URL("/hook", url), secret };
}

const patience = { timeout: 10_000 };

describe("sending to a webhook", () => {
  it("that fails half of the time, every message arrives, in order within its rollout", async () => {
    // A fixed sequence in which every second answer is a failure, on average.
    const receiver = await startReceiver((_, nth) => ({
      status: (nth * nth * 7 + nth) % 11 > 4 ? 200 : 503,
    }));
    const { write, states, attempts } = await startSending([webhook("team", receiver.url)]);
    await write(
      deployments.flatMap((deploymentId, nth) => [
        notification("started", { at: nth, deploymentId }),
        notification("finished", { at: nth + 1_000, deploymentId }),
      ]),
    );
    await vi.waitFor(async () => expect(new Set(await states())).toEqual(new Set(["team sent"])), patience);
    const ids = receiver.accepted.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(24);
    expect(ids).toHaveLength(24);
    expect(attempts.filter((each) => each === "team sent")).toHaveLength(24);
    expect(attempts).toContain("team waiting");
    for (const deploymentId of deployments)
      expect(ids.indexOf(`${deploymentId}-started`)).toBeLessThan(ids.indexOf(`${deploymentId}-finished`));
  });

  it("the signature is the one that Standard Webhooks describe", async () => {
    const receiver = await startReceiver(() => ({ status: 204, body: "" }));
    const { write } = await startSending([webhook("team", receiver.url)]);
    await write([notification("failed", { at: 1_790_000_000_000 })]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(1), patience);
    const [message] = receiver.accepted;
    if (message === undefined) throw new Error("There is no message.");
    const { headers, body } = message;
    const text = (name: string) => String(headers[name]);
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    const signed = Object.fromEntries(names.map((name) => [name, text(name)]));
    expect(new Webhook(secret).verify(body, signed)).toMatchObject({
      type: "rollout.failed",
      timestamp: "2026-09-21T14:13:20.000Z",
      data: {
        message: "acme-one: v7 → v8 failed after 8 min",
        link: "https://rollcall.example.com/endpoints/acme-one/rollouts/d8?at=2026-09-21T14:13:20.000Z",
        muteLink: "https://rollcall.example.com/endpoints/acme-one#mute",
        endpoint: { id: "acme-one" },
        rollout: { version: "8", previousVersion: "7", errorMessage: "CUDA out of memory\nworker 3" },
      },
    });
    const content = `${text("webhook-id")}.${text("webhook-timestamp")}.${body}`;
    const own = createHmac("sha256", Buffer.alloc(32, 7)).update(content).digest("base64");
    expect(text("webhook-signature")).toBe(`v1,${own}`);
  });

  it("one that hangs delays no other channel, and stopping does not wait for it", async () => {
    const hanging = await startReceiver(() => ({ status: 200, isHanging: true }));
    const receiver = await startReceiver(() => ({ status: 200 }));
    const channels = [webhook("slow", hanging.url), webhook("team", receiver.url)];
    const { write, sender, deliveries } = await startSending(channels);
    await write([notification("failed", {}, ["slow", "team"])]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(1), patience);
    await vi.waitFor(() => expect(hanging.count()).toBe(1), patience);
    const begun = performance.now();
    await sender.stop();
    expect(performance.now() - begun).toBeLessThan(1_900);
    // The next start sends it with the same id.
    expect(await deliveries.list({ limit: 1, channel: "slow" })).toMatchObject([
      { state: "waiting", attempts: 1 },
    ]);
  });

  it("redirects are not followed", async () => {
    const other = await startReceiver(() => ({ status: 200 }));
    const receiver = await startReceiver(() => ({ status: 307, headers: { location: other.url.href } }));
    const { write, deliveries } = await startSending([webhook("team", receiver.url)]);
    await write([notification("failed")]);
    await vi.waitFor(async () => {
      const [delivery] = await deliveries.list({ limit: 1 });
      expect(delivery?.error).toContain("redirects (307)");
    }, patience);
    expect(other.count()).toBe(0);
  });

  it("one that refuses the message for good is asked once, and the log says so without the address", async () => {
    const receiver = await startReceiver(() => ({ status: 410 }));
    const { write, states, lines } = await startSending([webhook("team", receiver.url)]);
    await write([notification("failed")]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team failed"]), patience);
    expect(receiver.count()).toBe(1);
    expect(lines.join("")).toContain("answered 410");
    expect(lines.join("")).not.toContain("/hook");
  });

  it("one that names a time is left alone until then", async () => {
    const ticks: number[] = [];
    const receiver = await startReceiver((_, nth) => {
      ticks.push(performance.now());
      return nth === 1 ? { status: 429, headers: { "retry-after": "2" } } : { status: 200 };
    });
    const { write } = await startSending([webhook("team", receiver.url)]);
    await write([notification("failed")]);
    await vi.waitFor(() => expect(ticks).toHaveLength(1), patience);
    await write([notification("failed", { deploymentId: "d9" })]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(2), patience);
    expect((ticks[1] ?? 0) - (ticks[0] ?? 0)).toBeGreaterThan(1_990);
  });
});

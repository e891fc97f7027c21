import { expect, it } from "vitest";

import type { Person } from "@/lib/server/access/principal";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { notification } from "@/lib/server/db/testing/notifications";
import { startReceiver } from "@/lib/server/notify/testing/receiver";

import { readNotifications, sendAgain, testChannel } from "./notifications";
import { openTestContext } from "./testing/context";

const ada: Person = {
  ...{ kind: "person", subject: "password:ada", account: "ada" },
  ...{ role: "administrator", orgs: null, sessionId: null },
};
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

async function open(status = 200) {
  const receiver = await startReceiver(() => ({ status }));
  const file = newDatabasePath();
  const ctx = await openTestContext(file, {
    ROLLCALL_WEBHOOK_URL: new URL("/hidden-path", receiver.url).href,
    ROLLCALL_WEBHOOK_SECRET: secret,
    ROLLCALL_SLACK_TOKEN: "xoxb-hidden-token",
    ROLLCALL_SLACK_CHANNEL: "C0123456789",
  });
  return { receiver, ctx, file };
}

it("shows channels, rules, a preview and deliveries, and no secret", async () => {
  const { ctx, file } = await open();
  const store = await openTestStore(file);
  await store.write([notification("failed", {}, ["webhook"])]);
  const { body, bytes } = await readNotifications(ctx);
  expect(body.channels.map(({ name, rules }) => [name, rules])).toEqual([
    ["slack", ["Every event."]],
    ["webhook", ["Every event."]],
  ]);
  expect(JSON.parse(body.channels[1]?.preview ?? "")).toMatchObject({ type: "rollout.failed" });
  expect(body.deliveries).toMatchObject([
    {
      headline: "acme-one: v7 → v8 failed after 8 min",
      state: "waiting",
    },
  ]);
  expect(body.deliveries[0]?.link).toContain("/endpoints/acme-one/rollouts/d8?at=");
  expect(new TextDecoder().decode(bytes)).not.toMatch(/hidden|whsec_|BwcHBwcH/);
});

it("sends again what failed, and notes who did", async () => {
  const { ctx, file } = await open();
  const store = await openTestStore(file);
  const delivery = { notificationId: "d8-failed", channel: "webhook" };
  await store.write([notification("failed", {}, ["webhook"])]);
  await expect(sendAgain(ctx, { person: ada, delivery })).rejects.toThrow("failed or was muted");
  await store.deliveries.settle(delivery, { state: "failed", error: "410" });
  await sendAgain(ctx, { person: ada, delivery });
  expect((await readNotifications(ctx)).body.deliveries).toMatchObject([{ state: "waiting", attempts: 0 }]);
  expect(await store.audit.list({ limit: 9, before: null })).toMatchObject([
    { actor: "ada", action: "sent a notification again", about: "webhook" },
  ]);
});

it("tests a channel, and says why it failed", async () => {
  const { ctx, receiver } = await open();
  expect(await testChannel(ctx, { person: ada, name: "webhook" })).toEqual({
    channel: "webhook",
    problem: null,
  });
  expect(receiver.accepted[0]?.body).toContain("This is a test of Rollcall.");
  await expect(testChannel(ctx, { person: ada, name: "nowhere" })).rejects.toThrow("Channel");
  const failing = await open(503);
  const { problem } = await testChannel(failing.ctx, { person: ada, name: "webhook" });
  expect(problem).toContain("answered 503");
});

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";
import { rolloutEvent } from "@/lib/domain/testing/events";
import { notification } from "@/lib/server/db/testing/notifications";

import { startSending } from "../testing/sending";
import { startSlack } from "../testing/slack";

const patience = { timeout: 10_000 };

async function start(token = "xoxb-token") {
  const slack = await startSlack();
  const { apiUrl } = slack;
  const channel = { name: "team", type: "slack" as const, token, channel: "C0123456789", apiUrl };
  return { slack, ...(await startSending([channel])) };
}

describe("a rollout in Slack", () => {
  it("is one message, and its end is the last edit", async () => {
    const { slack, write } = await start();
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(() => expect(slack.messages).toHaveLength(1), patience);
    await write([notification("finished", { at: 2_000 })]);
    await vi.waitFor(() => expect(slack.messages[0]?.edits).toHaveLength(1), patience);
    expect(slack.messages).toMatchObject([
      {
        thread: null,
        text: "acme-one: v7 → v8 is rolling out",
        edits: ["acme-one: v7 → v8 is done after 8 min"],
      },
    ]);
  });

  it("that fails also goes to the channel, once, though the answer was lost", async () => {
    const { slack, write, states } = await start();
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    slack.disturbances.push("none", "lost");
    await write([notification("failed", { at: 2_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent", "team sent"]), patience);
    const [first, reply, ...others] = slack.messages;
    expect(others).toEqual([]);
    expect(reply).toMatchObject({ thread: first?.ts, isBroadcast: true });
    expect(slack.calls.filter((method) => method === "chat.postMessage")).toHaveLength(2);
    expect(slack.calls).toContain("conversations.replies");
  });

  it("is posted once if the answer to the first message was lost", async () => {
    const { slack, write, states } = await start();
    slack.disturbances.push("lost");
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    expect(slack.messages).toHaveLength(1);
    expect(slack.calls).toEqual(["chat.postMessage", "conversations.history"]);
  });

  it("waits as long as Slack asks", async () => {
    const { slack, write, states } = await start();
    slack.disturbances.push("limited");
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    expect(slack.messages).toHaveLength(1);
  });

  it("is posted again if someone deleted its message", async () => {
    const { slack, write, states } = await start();
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    slack.messages.splice(0);
    await write([notification("finished", { at: 2_000 })]);
    await vi.waitFor(() => expect(slack.messages).toHaveLength(1), patience);
  });

  it("is edited as replicas move, at most every 30 s", async () => {
    const { slack, write, sender, states } = await start();
    await write([notification("started", { at: 1_000 })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    vi.setSystemTime(Date.now() + 31_000);
    onTestFinished(() => void vi.useRealTimers());
    for (const updatedReplicas of [8, 9])
      sender.follow(rolloutEvent("started", { display: rolloutDisplay({ updatedReplicas }) }));
    await vi.waitFor(() => expect(slack.messages[0]?.edits).toHaveLength(1), patience);
    sender.follow(rolloutEvent("started", { display: rolloutDisplay({ updatedReplicas: 10 }) }));
    await write([notification("started", { at: 2_000, deploymentId: "d9" })]);
    await vi.waitFor(() => expect(slack.messages).toHaveLength(2), patience);
    expect(slack.messages[0]?.edits).toHaveLength(1);
  });

  it("stays to be sent while the token is refused, and the reason is shown", async () => {
    const { write, deliveries } = await start("xoxb-other");
    await write([notification("failed")]);
    await vi.waitFor(async () => {
      const [delivery] = await deliveries.list({ limit: 1 });
      expect(delivery).toMatchObject({ state: "waiting", error: "Slack refused the message: invalid_auth." });
    }, patience);
  });
});

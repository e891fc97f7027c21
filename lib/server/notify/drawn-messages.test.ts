import { describe, expect, it } from "vitest";

import { toDrawnMessage } from "@/lib/contract/drawn-message";
import { rolloutEventKinds } from "@/lib/domain/notable-event";
import { rolloutEvent } from "@/lib/domain/testing/events";
import type { ChannelSettings } from "@/lib/server/config/channels";

import { openChannels } from "./sender";

const url = new URL("https://example.com/secret");
const channels = openChannels(
  [
    { name: "slack", type: "slack", token: "xoxb-1", channel: "C01", apiUrl: url },
    { name: "slack-webhook", type: "slack-webhook", url },
    { name: "teams", type: "teams", url },
    {
      ...{ name: "mail", type: "mail", url: new URL("smtps://mail.example.com") },
      ...{ from: "rollcall@example.com", to: ["team@example.com"] },
    },
  ] satisfies ChannelSettings[],
  null,
);

describe.each(channels)("a preview of $name", ({ type, toMessage }) => {
  it.each(rolloutEventKinds)("about “%s” is drawn whole", (kind) => {
    const outgoing = {
      ...{ id: "1", event: rolloutEvent(kind), link: "https://rollcall.example.com/x" },
      muteLink: "https://rollcall.example.com/y#mute",
    };
    const drawn = toDrawnMessage(type, JSON.stringify(toMessage(outgoing)));
    const text = JSON.stringify(drawn);
    expect(text).toContain("acme-one: v7 → v8");
    expect(text).toMatch(/Mute/);
    expect(text).toContain("Replicas: ");
    if (kind === "failed") expect(text).toContain("CUDA out of memory");
  });
});

it("what only programs read is not drawn", () => {
  expect(toDrawnMessage("webhook", "{}")).toBeNull();
  expect(toDrawnMessage("slack", "{}")).toBeNull();
});

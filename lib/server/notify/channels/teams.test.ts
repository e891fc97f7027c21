import { AdaptiveCard, SerializationContext } from "adaptivecards";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

import { rolloutEventKinds } from "@/lib/domain/notable-event";
import { rolloutEvent } from "@/lib/domain/testing/events";
import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";
import { notification } from "@/lib/server/db/testing/notifications";

import { createPost } from "../post";
import { startReceiver } from "../testing/receiver";
import { startSending } from "../testing/sending";
import { openTeams } from "./teams";

const link = "https://rollcall.example.com/endpoints/acme-one/rollouts/d8";
const muteLink = "https://rollcall.example.com/endpoints/acme-one#mute";
const url = new URL("https://example.com/workflows/secret");
const channel = openTeams({ name: "team", type: "teams", url }, createPost(null, "Rollcall"));

const message = z.strictObject({
  type: z.literal("message"),
  attachments: z.array(
    z.strictObject({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      contentUrl: z.null(),
      content: z.record(z.string(), z.unknown()),
    }),
  ),
});

function cardOf(event: ReturnType<typeof rolloutEvent>): object {
  // As it is on the wire.
  const sent: unknown = JSON.parse(JSON.stringify(channel.toMessage({ id: "1", event, link, muteLink })));
  const { attachments } = message.parse(sent);
  expect(attachments).toHaveLength(1);
  return attachments[0]?.content ?? {};
}

describe("a card for Teams", () => {
  it.each(rolloutEventKinds)("about “%s” is one that the official library reads whole", (kind) => {
    const card = cardOf(rolloutEvent(kind));
    const context = new SerializationContext();
    const parsed = new AdaptiveCard();
    parsed.parse(card, context);
    expect(Array.from({ length: context.eventCount }, (_, nth) => context.getEventAt(nth).message)).toEqual(
      [],
    );
    expect(parsed.validateProperties().validationEvents).toEqual([]);
    // What it does not know, it leaves out.
    expect(JSON.parse(JSON.stringify(parsed.toJSON()))).toEqual(card);
  });

  it("says what happened, and shows text from upstream as it is", () => {
    const errorMessage = "[click](https://evil.example.com) <at>everyone</at> **bold**";
    const display = rolloutDisplay({ status: "error", errorMessage });
    const text = JSON.stringify(cardOf(rolloutEvent("failed", { display })));
    expect(text).toContain("acme-one: v7 → v8 failed");
    expect(text).toContain(JSON.stringify(errorMessage).slice(1, -1));
    expect(text).toContain(link);
    expect(text).toContain(muteLink);
    // Text blocks and facts would read Markdown.
    expect(text).not.toContain('"TextBlock"');
    expect(text).not.toContain("FactSet");
  });

  it("arrives, and a refusal does not show its address", async () => {
    const receiver = await startReceiver((_, nth) => ({ status: nth === 1 ? 502 : 202 }));
    const address = new URL("/workflows/secret", receiver.url);
    const { write, states, lines } = await startSending([{ name: "team", type: "teams", url: address }]);
    await write([notification("failed")]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), { timeout: 10_000 });
    expect(JSON.parse(receiver.accepted[0]?.body ?? "")).toMatchObject({ type: "message" });
    expect(lines.join("")).toContain("answered 502");
    expect(lines.join("")).not.toContain("/workflows");
  });
});

import type { ChangePayload, EventPayloadV2 } from "@pagerduty/pdjs/build/src/events";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

import { rolloutEvent } from "@/lib/domain/testing/events";
import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";
import { eventKinds, type RolloutEvent, type RolloutEventKind } from "@/lib/domain/notable-event";
import { notification, outageNotification } from "@/lib/server/db/testing/notifications";

import { createPost } from "../post";
import { startReceiver } from "../testing/receiver";
import { startSending } from "../testing/sending";
import { openPagerDuty, openPagerDutyChanges, toAlert, toChange } from "./pagerduty";

const key = "0123456789abcdef0123456789abcdef";
const text = (most: number) => z.string().min(1).max(most);
const links = z.array(z.strictObject({ href: z.url(), text: z.string() }));

/** As PagerDuty's reference describes an alert event and a change event. */
const alertSchema = z.strictObject({
  routing_key: z.literal(key),
  event_action: z.enum(["trigger", "acknowledge", "resolve"]),
  dedup_key: text(255),
  client: z.string(),
  payload: z.strictObject({
    summary: text(1_024),
    source: text(255),
    severity: z.enum(["critical", "error", "warning", "info"]),
    timestamp: z.iso.datetime(),
    component: z.string().optional(),
    class: z.string().optional(),
    custom_details: z.record(z.string(), z.string()),
  }),
  links,
});
const changeSchema = z.strictObject({
  routing_key: z.literal(key),
  payload: z.strictObject({
    summary: text(1_024),
    source: text(255),
    timestamp: z.iso.datetime(),
    custom_details: z.record(z.string(), z.string()),
  }),
  links,
});

async function start(type: "pagerduty" | "pagerduty-changes") {
  const receiver = await startReceiver((_, nth) => ({ status: nth === 1 ? 500 : 202 }));
  return { receiver, ...(await startSending([{ name: "team", type, key, apiUrl: receiver.url }])) };
}

/** As the notifier writes it: alerts of one endpoint keep their order. */
function alertAbout(kind: RolloutEventKind, changes: Partial<RolloutEvent>) {
  const entry = notification(kind, changes);
  const thread = alerts.toThread?.(entry.event) ?? "";
  return { ...entry, destinations: entry.destinations.map((each) => ({ ...each, thread })) };
}

const post = createPost(null, "Rollcall");
const apiUrl = new URL("https://events.example.com");
const alerts = openPagerDuty({ name: "team", type: "pagerduty", key, apiUrl }, post);
const changes = openPagerDutyChanges({ name: "team", type: "pagerduty-changes", key, apiUrl }, post);

const patience = { timeout: 10_000 };

describe("PagerDuty alerts", () => {
  it("a failure triggers, and the next rollout that is done resolves the same alert", async () => {
    const { receiver, write, lines } = await start("pagerduty");
    // The first attempt fails, and the resolution must not overtake the second one.
    await write([
      alertAbout("failed", { at: 2_000 }),
      alertAbout("finished", { at: 3_000, deploymentId: "d9" }),
    ]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(2), patience);
    const [trigger, resolve] = receiver.accepted.map(({ body }) => alertSchema.parse(JSON.parse(body)));
    expect(trigger).toMatchObject({
      event_action: "trigger",
      payload: {
        summary: "acme-one: v7 → v8 failed after 8 min",
        severity: "critical",
        source: "acme-one",
        custom_details: { Error: "CUDA out of memory\nworker 3" },
      },
    });
    expect(resolve).toMatchObject({ event_action: "resolve", dedup_key: trigger?.dedup_key });
    expect(receiver.accepted.every(({ path }) => path === "/v2/enqueue")).toBe(true);
    expect(lines.join("")).not.toContain(key);
  });

  it.each(["moving_again", "acknowledged", "rolled_back", "cancelled"] as const)(
    "“%s” resolves what a stall triggered",
    async (kind) => {
      const { receiver, write } = await start("pagerduty");
      await write([alertAbout("stalled", { at: 1_000 }), alertAbout(kind, { at: 2_000 })]);
      await vi.waitFor(() => expect(receiver.accepted).toHaveLength(2), patience);
      const received = receiver.accepted.map(({ body }) => alertSchema.parse(JSON.parse(body)));
      expect(received.map((alert) => alert.event_action)).toEqual(["trigger", "resolve"]);
      expect(new Set(received.map((alert) => alert.dedup_key)).size).toBe(1);
    },
  );

  it("have the fields that the official client sends", () => {
    const outgoing = {
      event: rolloutEvent("failed"),
      link: "https://rollcall.example.com/endpoints/acme-one",
      muteLink: null,
    };
    const alert: Omit<EventPayloadV2, "routing_key"> = toAlert(outgoing);
    const change: Omit<ChangePayload, "routing_key"> = toChange(outgoing);
    expect(alert.payload.summary).toBe(change.payload.summary);
  });

  it("wants failures, stalls, outages and what ends them", () => {
    expect(eventKinds.filter(alerts.wants)).toEqual(
      eventKinds.filter((kind) => !["started", "rolling_back", "late", "regressing"].includes(kind)),
    );
  });

  it("a rollout that ends incomplete resolves nothing", async () => {
    const { receiver, write } = await start("pagerduty");
    const display = rolloutDisplay({ status: "done", updatedReplicas: 11, totalReplicas: 12 });
    await write([notification("finished", { display })]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(1), patience);
    const [alert] = receiver.accepted.map(({ body }) => alertSchema.parse(JSON.parse(body)));
    expect(alert?.event_action).toBe("trigger");
  });

  it("an outage has its own alert, which its end resolves", async () => {
    const { receiver, write } = await start("pagerduty");
    const to = [{ channel: "team", isQuiet: false, thread: "outage" }];
    const [blind, again] = (["blind", "seeing_again"] as const).map((kind) =>
      outageNotification(kind, 5_000),
    );
    if (blind?.kind !== "notification" || again?.kind !== "notification") throw new Error("unreachable");
    await write([
      { ...blind, destinations: to },
      { ...again, destinations: to, event: { ...again.event, at: 9_000 } },
    ]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(2), patience);
    const received = receiver.accepted.map(({ body }) => alertSchema.parse(JSON.parse(body)));
    expect(received.map((alert) => alert.event_action)).toEqual(["trigger", "resolve"]);
    expect(new Set(received.map((alert) => alert.dedup_key)).size).toBe(1);
  });
});

describe("PagerDuty change events", () => {
  it("a rollout's beginning and end are changes, its stall is none", async () => {
    const { receiver, write } = await start("pagerduty-changes");
    await write([notification("started", { at: 1_000 }), notification("finished", { at: 3_000 })]);
    await vi.waitFor(() => expect(receiver.accepted).toHaveLength(2), patience);
    const received = receiver.accepted.map(({ body }) => changeSchema.parse(JSON.parse(body)));
    expect(received.map(({ payload }) => payload.summary)).toEqual([
      "acme-one: v7 → v8 is rolling out",
      "acme-one: v7 → v8 is done after 8 min",
    ]);
    expect(receiver.accepted.every(({ path }) => path === "/v2/change/enqueue")).toBe(true);
    expect(changes.wants("stalled")).toBe(false);
  });
});

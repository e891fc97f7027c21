import { describe, expect, it } from "vitest";

import { minute } from "@/lib/domain/instant";
import type { OutageEvent, RolloutEventKind } from "@/lib/domain/notable-event";
import { rolloutEvent } from "@/lib/domain/testing/events";
import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";

import { toNotificationText } from "./notification";

describe("a message about a rollout", () => {
  it.each<[RolloutEventKind, string, string]>([
    ["started", "acme-one: v7 → v8 is rolling out", "neutral"],
    ["finished", "acme-one: v7 → v8 is done after 8 min", "good"],
    ["failed", "acme-one: v7 → v8 failed after 8 min", "bad"],
    ["rolling_back", "acme-one: v7 → v8 is rolling back", "bad"],
    ["rolled_back", "acme-one: v7 → v8 was rolled back after 8 min", "bad"],
    ["cancelled", "acme-one: v7 → v8 was cancelled after 8 min", "neutral"],
    ["stalled", "acme-one: v7 → v8 looks stuck", "bad"],
    ["late", "acme-one: v7 → v8 is running late", "bad"],
    ["regressing", "acme-one: v7 → v8 seems to be going backwards", "bad"],
    ["moving_again", "acme-one: v7 → v8 is rolling out again", "good"],
    ["acknowledged", "acme-one: v7 → v8 failed, and the failure was acknowledged", "neutral"],
  ])("%s: %s", (kind, headline, tone) => {
    expect(toNotificationText(rolloutEvent(kind))).toMatchObject({ headline, tone });
  });

  it("says the counts, the duration, what Rollcall concludes, and how an error begins", () => {
    expect(toNotificationText(rolloutEvent("stalled"))).toMatchObject({
      detail: "No replica has moved for 10 min.",
      facts: [
        { name: "Replicas", value: "7 of 12 updated" },
        { name: "So far", value: "8 min" },
        { name: "Architecture", value: "qwen-3-32b" },
        { name: "Organization", value: "acme" },
      ],
    });
    expect(toNotificationText(rolloutEvent("failed")).error).toBe("CUDA out of memory\nworker 3");
    const long = rolloutDisplay({ status: "error", errorMessage: "line\n".repeat(50), endedAt: 14 * minute });
    expect(toNotificationText(rolloutEvent("failed", { display: long })).error).toBe(
      "line\nline\nline\nline …",
    );
  });

  it("says that an end with too few replicas is incomplete, and how long a stall was", () => {
    const display = rolloutDisplay({ status: "done", updatedReplicas: 11, endedAt: 14 * minute });
    expect(toNotificationText(rolloutEvent("finished", { display }))).toMatchObject({
      headline: "acme-one: v7 → v8 is reported done, but incomplete after 8 min",
      tone: "bad",
    });
    const { conclusion } = rolloutEvent("stalled");
    expect(toNotificationText(rolloutEvent("moving_again", { conclusion })).headline).toBe(
      "acme-one: v7 → v8 is moving again, after 10 min without movement",
    );
  });

  it("shows characters that would act, and keeps a headline on one line", () => {
    const display = rolloutDisplay({ version: "8\n\u202E<!channel>" });
    expect(toNotificationText(rolloutEvent("started", { display })).headline).toBe(
      "acme-one: v7 → v8 \\u202E<!channel> is rolling out",
    );
  });
});

describe("a message about an outage", () => {
  const blind: OutageEvent = {
    ...{ kind: "blind", key: "k", at: 0, org: "acme", from: 0, endpointCount: 40 },
    cause: { code: "key_rejected", message: "Cerebras rejects the key." },
    endpointIds: ["acme-one", "acme-two"],
  };

  it("names how many endpoints cannot be seen, and why", () => {
    expect(toNotificationText(blind)).toMatchObject({
      headline: "Rollcall cannot see 40 endpoints of acme",
      detail: "Cerebras rejects the key.",
      facts: [{ name: "Endpoints", value: "acme-one, acme-two and 38 more" }],
      tone: "bad",
    });
    const one = { ...blind, endpointCount: 1, endpointIds: ["acme-one"] };
    expect(toNotificationText(one).headline).toBe("Rollcall cannot see acme-one");
  });

  it("says how long it was", () => {
    const again: OutageEvent = { ...blind, kind: "seeing_again", at: 23 * minute };
    expect(toNotificationText(again)).toMatchObject({
      headline: "Rollcall can see 40 endpoints of acme again, after 23 min",
      tone: "good",
    });
  });
});

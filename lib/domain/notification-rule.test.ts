import { describe, expect, it } from "vitest";

import { eventKinds, type NotableEvent } from "./notable-event";
import { covers, isWithin, parseTimeOfDay, toDestinations, type NotificationRule } from "./notification-rule";
import { rolloutEvent } from "./testing/events";

function rule(changes: Partial<NotificationRule> = {}): NotificationRule {
  const everything = { endpoints: [], organizations: [], architectures: [], quiet: null };
  return { channel: "team", events: eventKinds, ...everything, ...changes };
}

const failed = rolloutEvent("failed");
const blind: NotableEvent = {
  ...{ kind: "blind", key: "k", at: 0, org: "acme", from: 0, endpointCount: 2 },
  cause: { code: "key_rejected", message: "Cerebras rejects the key." },
  endpointIds: ["acme-one", "acme-two"],
};

describe("a rule", () => {
  it.each<[Partial<NotificationRule>, NotableEvent, boolean]>([
    [{}, failed, true],
    [{ events: ["finished"] }, failed, false],
    [{ endpoints: ["acme-one"] }, failed, true],
    [{ endpoints: ["acme-*"] }, failed, true],
    [{ endpoints: ["*-two", "*ne"] }, failed, true],
    [{ endpoints: ["acme.one"] }, failed, false],
    [{ endpoints: ["acme"] }, failed, false],
    [{ organizations: ["acme"] }, failed, true],
    [{ organizations: ["umbrella"] }, failed, false],
    [{ architectures: ["qwen-3-32b"] }, failed, true],
    [{ architectures: ["llama-3.3-70b"] }, failed, false],
    [{ endpoints: ["acme-two"] }, blind, true],
    [{ endpoints: ["umbrella-*"] }, blind, false],
    [{ architectures: ["llama-3.3-70b"] }, blind, true],
  ])("%j", (changes, event, isCovered) => {
    expect(covers(rule(changes), event)).toBe(isCovered);
  });

  it("sends an event to a channel once, and quietly only if every rule is quiet", () => {
    const quiet = { from: 0, until: 24 * 60, timeZone: "UTC" };
    expect(toDestinations([rule({ quiet }), rule(), rule({ channel: "ops", quiet })], failed)).toEqual([
      { channel: "team", isQuiet: false },
      { channel: "ops", isQuiet: true },
    ]);
  });
});

describe("quiet hours", () => {
  const night = { from: 22 * 60, until: 7 * 60, timeZone: "Europe/Berlin" };
  it.each([
    ["2026-07-01T19:59:00Z", false],
    ["2026-07-01T20:00:00Z", true],
    ["2026-07-02T04:59:00Z", true],
    ["2026-07-02T05:00:00Z", false],
    ["2026-12-01T20:30:00Z", false],
    ["2026-12-01T21:30:00Z", true],
  ])("from 22:00 to 07:00 in Berlin, at %s: %s", (at, isQuiet) => {
    expect(isWithin(night, Date.parse(at))).toBe(isQuiet);
  });

  it("are read from a time of day", () => {
    expect(["22:30", "7:05", "24:00", "7", "07:60"].map(parseTimeOfDay)).toEqual([
      1350,
      425,
      null,
      null,
      null,
    ]);
  });
});

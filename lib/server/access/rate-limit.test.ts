import { describe, expect, it } from "vitest";

import { createRateLimit, mostOfAddress, mostWithin } from "./rate-limit";
import { openAccess, anonymous, type Principal } from "./principal";

const guest: Principal = { kind: "guest", linkId: "l", endpointId: "acme-a" };
const screen: Principal = { kind: "screen", screenId: "k", orgs: null, endpointIds: null };

describe("the pace of a visitor", () => {
  it("is heard up to a limit, and again when the time is over", () => {
    let now = 5_000;
    const rateLimit = createRateLimit(() => now);
    for (let asked = 0; asked < mostWithin; asked += 1)
      expect(rateLimit.note(guest, "203.0.113.9")).toBeNull();
    now += 4_000;
    expect(rateLimit.note(guest, "203.0.113.9")).toBe(6_000);
    now += 6_000;
    expect(rateLimit.note(guest, "203.0.113.9")).toBeNull();
  });

  it("is each visitor's own", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked <= mostWithin; asked += 1) rateLimit.note(guest, "203.0.113.9");
    expect(rateLimit.note(guest, "203.0.113.9")).not.toBeNull();
    expect(rateLimit.note({ ...guest, linkId: "m" }, null)).toBeNull();
    expect(rateLimit.note(screen, null)).toBeNull();
  });

  it("is not counted of those who are told apart neither by name nor by address", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked <= 2 * mostWithin; asked += 1) {
      expect(rateLimit.note(anonymous, null)).toBeNull();
      expect(rateLimit.note(openAccess("viewer"), null)).toBeNull();
    }
  });

  it("is counted by address of those who are not told apart", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostOfAddress.api; asked += 1) {
      expect(rateLimit.note(asked % 2 === 0 ? anonymous : openAccess("viewer"), "2001:db8::/64")).toBeNull();
    }
    expect(rateLimit.note(anonymous, "2001:db8::/64")).toBe(10_000);
    expect(rateLimit.note(anonymous, "203.0.113.9")).toBeNull();
    expect(rateLimit.note(guest, "2001:db8::/64")).toBeNull();
  });

  it("of pages is counted by what is shown, and by address whatever is shown", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostWithin; asked += 1)
      expect(rateLimit.notePage("a token", null)).toBeNull();
    expect(rateLimit.notePage("a token", null)).toBe(10_000);
    expect(rateLimit.notePage("another token", null)).toBeNull();
    for (let asked = 0; asked < mostOfAddress.pages; asked += 1) {
      expect(rateLimit.notePage(`token ${asked}`, "203.0.113.9")).toBeNull();
    }
    expect(rateLimit.notePage("one more", "203.0.113.9")).toBe(10_000);
  });
});

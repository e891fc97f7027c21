import { describe, expect, it } from "vitest";

import { createPace, mostOfAddress, mostWithin } from "./pace";
import { everybody, nobody, type Principal } from "./principal";

const guest: Principal = { kind: "guest", linkId: "l", endpointId: "acme-a" };
const screen: Principal = { kind: "screen", screenId: "k", orgs: null, endpointIds: null };

describe("the pace of a visitor", () => {
  it("is heard up to a limit, and again when the time is over", () => {
    let now = 5_000;
    const pace = createPace(() => now);
    for (let asked = 0; asked < mostWithin; asked += 1) expect(pace.note(guest, "203.0.113.9")).toBeNull();
    now += 4_000;
    expect(pace.note(guest, "203.0.113.9")).toBe(6_000);
    now += 6_000;
    expect(pace.note(guest, "203.0.113.9")).toBeNull();
  });

  it("is each visitor's own", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked <= mostWithin; asked += 1) pace.note(guest, "203.0.113.9");
    expect(pace.note(guest, "203.0.113.9")).not.toBeNull();
    expect(pace.note({ ...guest, linkId: "m" }, null)).toBeNull();
    expect(pace.note(screen, null)).toBeNull();
  });

  it("is not counted of those who are told apart neither by name nor by address", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked <= 2 * mostWithin; asked += 1) {
      expect(pace.note(nobody, null)).toBeNull();
      expect(pace.note(everybody("viewer"), null)).toBeNull();
    }
  });

  it("is counted by address of those who are not told apart", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked < mostOfAddress.api; asked += 1) {
      expect(pace.note(asked % 2 === 0 ? nobody : everybody("viewer"), "2001:db8::/64")).toBeNull();
    }
    expect(pace.note(nobody, "2001:db8::/64")).toBe(10_000);
    expect(pace.note(nobody, "203.0.113.9")).toBeNull();
    expect(pace.note(guest, "2001:db8::/64")).toBeNull();
  });

  it("of pages is counted by what is shown, and by address whatever is shown", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked < mostWithin; asked += 1) expect(pace.notePage("a token", null)).toBeNull();
    expect(pace.notePage("a token", null)).toBe(10_000);
    expect(pace.notePage("another token", null)).toBeNull();
    for (let asked = 0; asked < mostOfAddress.pages; asked += 1) {
      expect(pace.notePage(`token ${asked}`, "203.0.113.9")).toBeNull();
    }
    expect(pace.notePage("one more", "203.0.113.9")).toBe(10_000);
  });
});

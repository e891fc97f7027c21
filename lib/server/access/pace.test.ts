import { describe, expect, it } from "vitest";

import { createPace, mostWithin } from "./pace";
import { everybody, nobody, type Principal } from "./principal";

const guest: Principal = { kind: "guest", linkId: "l", endpointId: "acme-a" };
const screen: Principal = { kind: "screen", screenId: "k", orgs: null, endpointIds: null };

describe("the pace of a visitor", () => {
  it("is heard up to a limit, and again when the time is over", () => {
    let now = 5_000;
    const pace = createPace(() => now);
    for (let asked = 0; asked < mostWithin; asked += 1) expect(pace.note(guest)).toBeNull();
    now += 4_000;
    expect(pace.note(guest)).toBe(6_000);
    now += 6_000;
    expect(pace.note(guest)).toBeNull();
  });

  it("is each visitor's own", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked <= mostWithin; asked += 1) pace.note(guest);
    expect(pace.note(guest)).not.toBeNull();
    expect(pace.note({ ...guest, linkId: "m" })).toBeNull();
    expect(pace.note(screen)).toBeNull();
  });

  it("is not counted of those who are not told apart", () => {
    const pace = createPace(() => 0);
    for (let asked = 0; asked <= 2 * mostWithin; asked += 1) {
      expect(pace.note(nobody)).toBeNull();
      expect(pace.note(everybody("viewer"))).toBeNull();
    }
  });
});

import { describe, expect, it } from "vitest";

import { createRateLimit, mostOfAddress, mostOfLink, mostWithin, type PageKey } from "./rate-limit";
import { openAccess, anonymous, type Principal } from "./principal";

const guest: Principal = { kind: "guest", linkId: "l", endpointId: "acme-a" };
const link: PageKey = { kind: "link", hash: "a link" };
const cookieOf = (hash: string): PageKey => ({ kind: "cookie", hash });
const screen: Principal = { kind: "screen", screenId: "k", orgs: null, endpointIds: null };

describe("the rate limit", () => {
  it("allows requests up to a limit, and again after the window", () => {
    let now = 5_000;
    const rateLimit = createRateLimit(() => now);
    for (let asked = 0; asked < mostWithin; asked += 1)
      expect(rateLimit.note(guest, "203.0.113.9")).toBeNull();
    now += 4_000;
    expect(rateLimit.note(guest, "203.0.113.9")).toBe(6_000);
    now += 6_000;
    expect(rateLimit.note(guest, "203.0.113.9")).toBeNull();
  });

  it("is separate for each client", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked <= mostWithin; asked += 1) rateLimit.note(guest, "203.0.113.9");
    expect(rateLimit.note(guest, "203.0.113.9")).not.toBeNull();
    expect(rateLimit.note({ ...guest, linkId: "m" }, null)).toBeNull();
    expect(rateLimit.note(screen, null)).toBeNull();
  });

  it("does not count clients that have neither an identity nor a known address", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked <= 2 * mostWithin; asked += 1) {
      expect(rateLimit.note(anonymous, null)).toBeNull();
      expect(rateLimit.note(openAccess("viewer"), null)).toBeNull();
    }
  });

  it("counts clients without an identity by address", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostOfAddress.api; asked += 1) {
      expect(rateLimit.note(asked % 2 === 0 ? anonymous : openAccess("viewer"), "2001:db8::/64")).toBeNull();
    }
    expect(rateLimit.note(anonymous, "2001:db8::/64")).toBe(10_000);
    expect(rateLimit.note(anonymous, "203.0.113.9")).toBeNull();
    expect(rateLimit.note(guest, "2001:db8::/64")).toBeNull();
  });

  it("counts pages by cookie, and by address whatever the cookie", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostWithin; asked += 1)
      expect(rateLimit.notePage(cookieOf("one"), null)).toBeNull();
    expect(rateLimit.notePage(cookieOf("one"), null)).toBe(10_000);
    expect(rateLimit.notePage(cookieOf("another"), null)).toBeNull();
    for (let asked = 0; asked < mostOfAddress.pages; asked += 1) {
      expect(rateLimit.notePage(cookieOf(`cookie ${asked}`), "203.0.113.9")).toBeNull();
    }
    expect(rateLimit.notePage(cookieOf("one more"), "203.0.113.9")).toBe(10_000);
  });

  it.each([
    ["pages", (rateLimit: ReturnType<typeof createRateLimit>, at: string) => rateLimit.notePage(link, at)],
    ["the API", (rateLimit: ReturnType<typeof createRateLimit>, at: string) => rateLimit.note(guest, at)],
  ])("does not let one holder of a guest link use up %s for the others", (_, ask) => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostWithin; asked += 1) expect(ask(rateLimit, "203.0.113.9")).toBeNull();
    for (let asked = 0; asked < mostOfLink; asked += 1) ask(rateLimit, "203.0.113.9");
    expect(ask(rateLimit, "203.0.113.9")).toBe(10_000);
    expect(ask(rateLimit, "203.0.113.10")).toBeNull();
  });

  it("limits a guest link as a whole, from however many addresses", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostOfLink; asked += 1)
      expect(rateLimit.notePage(link, `203.0.113.${asked % 100}`)).toBeNull();
    expect(rateLimit.notePage(link, "198.51.100.7")).toBe(10_000);
  });

  it("gives the holders of a guest link whose addresses are unknown the limit of one", () => {
    const rateLimit = createRateLimit(() => 0);
    for (let asked = 0; asked < mostWithin; asked += 1) expect(rateLimit.note(guest, null)).toBeNull();
    expect(rateLimit.note(guest, null)).toBe(10_000);
  });
});

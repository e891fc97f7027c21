import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { planIntervals } from "./plan-intervals";

const wished = { active: 5_000, idle: 30_000, covered: 600_000, listing: 10_000 };
const none = { activeEndpoints: 0, idleEndpoints: 0, coveredEndpoints: 0, asksForListing: true };

describe("planIntervals", () => {
  it("keeps the configured intervals if they fit the budget", () => {
    expect(
      planIntervals({
        ...none,
        asksForListing: false,
        activeEndpoints: 2,
        idleEndpoints: 38,
        wished,
        maxRequestsPerMinute: 120,
      }),
    ).toMatchObject({ active: 5_000, idle: 30_000, isStretched: false });
  });

  it("stretches idle endpoints first", () => {
    const plan = planIntervals({
      ...none,
      activeEndpoints: 4,
      idleEndpoints: 60,
      wished,
      maxRequestsPerMinute: 120,
    });
    expect(plan).toMatchObject({ active: 5_000, isStretched: true });
    expect(plan.idle).toBeGreaterThan(30_000);
  });

  it("stretches active endpoints if stretching idle ones is not enough", () => {
    const plan = planIntervals({
      ...none,
      activeEndpoints: 40,
      idleEndpoints: 0,
      wished,
      maxRequestsPerMinute: 120,
    });
    expect(plan.active).toBeGreaterThan(5_000);
  });

  it.each([
    ["requests a listing that covers nothing like an idle endpoint", {}, { listing: 30_000 }],
    [
      "requests a listing that covers endpoints often",
      { coveredEndpoints: 40 },
      { listing: 10_000, covered: 600_000 },
    ],
    [
      "polls many covered endpoints rarely",
      { coveredEndpoints: 1_000 },
      { listing: 10_000, covered: 5_000_000 },
    ],
  ])("%s", (_, counts, expected) => {
    expect(planIntervals({ ...none, ...counts, wished, maxRequestsPerMinute: 120 })).toMatchObject(expected);
  });

  it("costs at most 20 requests a minute for 1,000 covered endpoints", () => {
    const { covered, listing } = planIntervals({
      ...none,
      coveredEndpoints: 1_000,
      wished,
      maxRequestsPerMinute: 120,
    });
    expect((1_000 * 60_000) / covered + 60_000 / listing).toBeLessThanOrEqual(20);
  });

  it("never plans more requests than the budget, and never polls faster than configured", () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.nat(2_000),
        fc.nat(2_000),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 60 }),
        (activeEndpoints, idleEndpoints, coveredEndpoints, maxRequestsPerMinute, seconds) => {
          const wish = {
            active: seconds * 1_000,
            idle: seconds * 4_000,
            covered: seconds * 9_000,
            listing: seconds * 2_000,
          };
          const counts = { activeEndpoints, idleEndpoints, coveredEndpoints, asksForListing: true };
          const plan = planIntervals({ ...counts, wished: wish, maxRequestsPerMinute });
          const perMinute =
            (activeEndpoints * 60_000) / plan.active +
            (idleEndpoints * 60_000) / plan.idle +
            (coveredEndpoints * 60_000) / plan.covered +
            60_000 / plan.listing;
          expect(perMinute).toBeLessThanOrEqual(maxRequestsPerMinute);
          expect(plan.active).toBeGreaterThanOrEqual(wish.active);
          expect(plan.idle).toBeGreaterThanOrEqual(wish.idle);
          expect(plan.covered).toBeGreaterThanOrEqual(plan.idle);
        },
      ),
    );
  });
});

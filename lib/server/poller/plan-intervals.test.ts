import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { planIntervals } from "./plan-intervals";

const wished = { active: 5_000, idle: 30_000 };

describe("planIntervals", () => {
  it("keeps the configured intervals if they fit the budget", () => {
    expect(
      planIntervals({ activeEndpoints: 2, idleEndpoints: 38, wished, maxRequestsPerMinute: 120 }),
    ).toEqual({
      ...wished,
      isStretched: false,
    });
  });

  it("stretches idle endpoints first", () => {
    const plan = planIntervals({ activeEndpoints: 4, idleEndpoints: 60, wished, maxRequestsPerMinute: 120 });
    expect(plan).toMatchObject({ active: 5_000, isStretched: true });
    expect(plan.idle).toBeGreaterThan(30_000);
  });

  it("stretches active endpoints if stretching idle ones is not enough", () => {
    const plan = planIntervals({ activeEndpoints: 40, idleEndpoints: 0, wished, maxRequestsPerMinute: 120 });
    expect(plan.active).toBeGreaterThan(5_000);
  });

  it("never plans more requests than the budget, and never polls faster than configured", () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.nat(2_000),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 60 }),
        (activeEndpoints, idleEndpoints, maxRequestsPerMinute, seconds) => {
          const wish = { active: seconds * 1_000, idle: seconds * 4_000 };
          const plan = planIntervals({ activeEndpoints, idleEndpoints, wished: wish, maxRequestsPerMinute });
          const perMinute = (activeEndpoints * 60_000) / plan.active + (idleEndpoints * 60_000) / plan.idle;
          expect(perMinute).toBeLessThanOrEqual(maxRequestsPerMinute);
          expect(plan.active).toBeGreaterThanOrEqual(wish.active);
          expect(plan.idle).toBeGreaterThanOrEqual(wish.idle);
        },
      ),
    );
  });
});

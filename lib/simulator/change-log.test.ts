import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { startTestSimulator } from "./testing/test-simulator";
import type { TestSimulator } from "./testing/test-simulator";

const STATUS = "/management/v1/endpoints/acme-qwen-3-32b";

const changeList = z.object({
  changes: z.array(z.object({ at: z.int(), status: z.string(), updated: z.int() })),
});

describe("the change log", () => {
  let simulator: TestSimulator;

  beforeEach(async () => {
    simulator = await startTestSimulator({ scenario: "smooth" });
    await simulator.control("POST", "/clock", { paused: true });
  });

  afterEach(() => simulator.close());

  const changes = async () => changeList.parse((await simulator.control("GET", "/changes")).json).changes;

  it("stamps every scripted change with the instant from which it was served", async () => {
    const steps = [3000, 6900, 6000];
    const stamps: number[][] = [];
    for (const step of steps) {
      const before = Date.now();
      await simulator.advance(step);
      stamps.push([before, Date.now()]);
    }
    const seen = await changes();
    expect(seen.map(({ updated, status }) => [updated, status])).toEqual([
      [0, "in_progress"],
      [1, "in_progress"],
      [2, "in_progress"],
    ]);
    for (const [index, { at }] of seen.entries()) {
      const [before = 0, after = 0] = stamps[index] ?? [];
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(after);
    }
    expect(await simulator.newest(STATUS)).toMatchObject({ updated_replicas: 2 });
  });

  it("stamps changes under a running clock correctly: never later than a client saw them, never before it could", async () => {
    await simulator.control("POST", "/clock", { paused: false, speed: 200 });
    const sightings: { sentAt: number; seenAt: number; updated: unknown }[] = [];
    while (sightings.at(-1)?.updated !== 12) {
      const sentAt = Date.now();
      const updated = (await simulator.newest(STATUS))?.["updated_replicas"];
      sightings.push({ sentAt, seenAt: Date.now(), updated });
    }
    const counted = (await changes()).filter(
      ({ status, updated }) => status === "in_progress" && updated > 0,
    );
    const stampOf = new Map(counted.map(({ at, updated }) => [updated, at]));
    for (const { sentAt, seenAt, updated } of sightings) {
      const count = z.int().parse(updated);
      expect(stampOf.get(count) ?? 0).toBeLessThanOrEqual(seenAt);
      expect(stampOf.get(count + 1) ?? Infinity).toBeGreaterThanOrEqual(sentAt);
    }
    expect(stampOf.size).toBe(12);
  });
});

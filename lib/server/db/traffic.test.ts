import { describe, expect, it } from "vitest";

import { minute } from "@/lib/domain/instant";
import { trafficMinute, trafficMinutes } from "@/lib/domain/testing/traffic";

import { LostLeadership } from "./lease";
import { engines } from "./testing/engines";
import { openTestStore } from "./testing/history-file";
import type { TrafficSource } from "./traffic";

const start = 30_000_000 * minute;
const source: TrafficSource = {
  org: "acme",
  answeredAt: start + 65_000,
  minuteAt: start,
  endpoints: 2,
  cause: null,
};

describe.each(engines)("what callers felt, on $engine", ({ newDatabase }) => {
  it("is read back as it was recorded, the newest minutes, oldest first", async () => {
    const { traffic } = await openTestStore(await newDatabase());
    const odd = trafficMinute(start + minute, { requests: 0.5, failures: null, queueP95: 0 });
    const minutes = [trafficMinute(start), odd].map((each) => ({ ...each, endpointId: "acme" }));
    await traffic.record({ source, minutes }, null);
    const all = { from: 0, until: start + minute + 1, most: 9 };
    expect(await traffic.readMinutes("acme", all)).toEqual([trafficMinute(start), odd]);
    expect(await traffic.readMinutes("acme", { ...all, most: 1 })).toEqual([odd]);
    expect(await traffic.readMinutes("acme", { ...all, until: start + minute })).toHaveLength(1);
    expect(await traffic.readMinutes("other", all)).toEqual([]);
  });

  it("stays what it was if a minute is recorded again", async () => {
    const { traffic } = await openTestStore(await newDatabase());
    for (const requests of [10, 20])
      await traffic.record(
        { source, minutes: [{ ...trafficMinute(start, { requests }), endpointId: "acme" }] },
        null,
      );
    const read = await traffic.readMinutes("acme", { from: 0, until: start + 1, most: 9 });
    expect(read).toMatchObject([{ requests: 10 }]);
  });

  it("keeps how the newest poll of each organization went", async () => {
    const { traffic } = await openTestStore(await newDatabase());
    await traffic.record({ source, minutes: [] }, null);
    const cause = { code: "key_rejected", message: "No.", since: start, retryAt: start + minute } as const;
    await traffic.record({ source: { ...source, cause }, minutes: [] }, null);
    await traffic.record({ source: { ...source, org: "" }, minutes: [] }, null);
    expect(await traffic.readSources()).toEqual([
      { ...source, org: "" },
      { ...source, cause },
    ]);
  });

  it("is written by the leader only", async () => {
    const { traffic, lease } = await openTestStore(await newDatabase());
    const token = await lease.take(await lease.read(), "one");
    await lease.take(await lease.read(), "two");
    const minutes = [{ ...trafficMinute(start), endpointId: "acme" }];
    await expect(traffic.record({ source, minutes }, token)).rejects.toThrow(LostLeadership);
    expect(await traffic.readMinutes("acme", { from: 0, until: start + 1, most: 9 })).toEqual([]);
  });

  it("is pruned in batches, up to the bound", async () => {
    const { traffic } = await openTestStore(await newDatabase());
    const minutes = ["acme", "other"].flatMap((endpointId) =>
      trafficMinutes(start, 700).map((each) => ({ ...each, endpointId })),
    );
    await traffic.record({ source, minutes }, null);
    const before = start + 600 * minute;
    expect(await traffic.pruneBatch("acme", before)).toBe(500);
    expect(await traffic.pruneBatch("acme", before)).toBe(100);
    expect(await traffic.pruneBatch("acme", before)).toBe(0);
    const all = { from: 0, until: start + 1_000 * minute, most: 9_999 };
    expect((await traffic.readMinutes("acme", all))[0]?.at).toBe(before);
    expect(await traffic.readMinutes("other", all)).toHaveLength(700);
    expect(await traffic.readEndpointIds()).toEqual(["acme", "other"]);
  });
});

import { expect, it, vi } from "vitest";

import { startCerebras, startWatching, wire } from "./testing/watch-stage";

it("endpoints that time out take two of the eight slots, and the others are still polled", async () => {
  const named = (prefix: string, many: number) =>
    Array.from({ length: many }, (_, nth) => `${prefix}-${nth}`);
  const [hanging, healthy] = [named("hanging", 12), named("healthy", 13)];
  const cerebras = await startCerebras(
    Object.fromEntries([...hanging, ...healthy].map((id) => [id, [wire()]])),
  );
  const { endpointStore } = await startWatching(cerebras.url, { patience: 1_500 });
  const isSeen = (id: string) => endpointStore.get(id)?.picture != null;
  await vi.waitFor(() => expect([...hanging, ...healthy].filter((id) => !isSeen(id))).toEqual([]));

  cerebras.hanging = new Set(hanging);
  const failures = (id: string) => endpointStore.get(id)?.failures?.count ?? 0;
  await vi.waitFor(() => expect(hanging.every((id) => failures(id) > 0)).toBe(true));
  await vi.waitFor(() => expect(cerebras.hangingNow()).toBeLessThanOrEqual(2));
  const before = healthy.map((id) => cerebras.countOf(id));
  const most: number[] = [];
  await vi.waitFor(() => {
    most.push(cerebras.hangingNow());
    for (const [nth, id] of healthy.entries())
      expect(cerebras.countOf(id)).toBeGreaterThan((before[nth] ?? 0) + 10);
  });
  // The server learns of a request's end late, so it may count former requests beside the two: never all eight.
  expect(Math.max(...most)).toBeLessThan(8);
  expect(healthy.map(failures)).toEqual(healthy.map(() => 0));
});

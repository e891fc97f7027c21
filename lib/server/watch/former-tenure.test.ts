import { expect, it, onTestFinished, vi } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/history/testing/history-file";
import { createLog } from "@/lib/server/log";

import { systemClock } from "./clock";
import { createShift, type Tenure } from "./shift";

const nothing = () => Promise.resolve();
const tenure: Tenure = {
  publisher: { publish: () => Promise.resolve(false), beginAnew: () => undefined },
  ...{ start: nothing, stop: nothing, adapt: nothing },
  ...{ trouble: () => null, retryFailing: () => undefined },
};

it("a lease is not given up for what was being saved under a former one", async () => {
  const { lease } = await openTestStore(newDatabasePath());
  const fences: number[] = [];
  const shift = createShift({
    lease,
    follower: { follow: nothing, beginAnew: () => undefined },
    begin: (fence) => {
      fences.push(fence);
      return tenure;
    },
    log: createLog(
      () => [],
      () => undefined,
    ),
    ...{ isAlone: false, name: "this", clock: systemClock, patience: 60 },
  });
  onTestFinished(shift.stop);
  await shift.start();
  const [former = 0] = fences;
  shift.lose(former);
  expect(shift.isWatching()).toBe(false);
  await vi.waitFor(() => expect(shift.isWatching()).toBe(true), { timeout: 10_000, interval: 5 });
  shift.lose(former);
  expect(shift.isWatching()).toBe(true);
  expect(fences).toHaveLength(2);
});

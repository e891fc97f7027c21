import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { during, planSteps } from "./lib/progress.mjs";

let printed;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "performance"] });
  printed = vi.spyOn(console, "log").mockImplementation(() => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a long step says which one it is, how far it is and for how long already, every 15 s and at its end", async () => {
  planSteps(2);
  let unpacked = 0;
  const install = () => new Promise((resolve) => setTimeout(() => resolve("installed"), 40_000));
  const installing = during("Installing", install, () => `${(unpacked += 300)} of 900`);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(await installing).toBe("installed");
  await during("Building", () => Promise.resolve());
  expect(printed.mock.calls.map(([line]) => line)).toEqual([
    "Step 1 of 2: Installing …",
    "Step 1 of 2: Installing, 300 of 900 (15 s)",
    "Step 1 of 2: Installing, 600 of 900 (30 s)",
    "Step 1 of 2: Installing: took 40 s",
    "Step 2 of 2: Building …",
    "Step 2 of 2: Building: took 0 s",
  ]);
});

test("without a plan, a step has no number", async () => {
  planSteps(0);
  await during("Building", () => Promise.resolve());
  expect(printed.mock.calls[0]).toEqual(["Building …"]);
});

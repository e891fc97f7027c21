import { expect, test } from "vitest";

import { createLog } from "@/lib/server/log";

import { createClockWatch } from "./clock-watch";

const hour = 3_600_000;
const minute = 60_000;

/** A server whose clock was right at the start, and whose wall clock can be set. */
function watchClock() {
  let tick = 5_000;
  let offset = 1_000 * hour;
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const watch = createClockWatch(() => ({ at: tick + offset, tick }), log);
  return {
    watch,
    lines,
    pass: (time: number, drift = 0) => {
      for (const end = tick + time; tick < end;) {
        tick += 1_000;
        offset += drift;
        watch.look();
      }
    },
    set: (by: number) => {
      offset += by;
    },
    now: () => tick + offset,
  };
}

test.each([
  ["ahead", hour, "1 h ahead"],
  ["back", -hour, "1 h back"],
])("a clock that is set %s is reported with its start and size, and logged once", (_, by, words) => {
  const server = watchClock();
  server.pass(minute);
  expect(server.watch.jump()).toBeNull();
  server.set(by);
  server.watch.look();
  const since = server.now();
  server.pass(5 * minute);
  expect(server.watch.jump()).toEqual({ since, by });
  expect(server.lines).toHaveLength(1);
  expect(server.lines[0]).toContain(words);
});

test("a reported jump stays the same while the clock drifts", () => {
  const server = watchClock();
  server.set(hour - 0.4);
  server.watch.look();
  server.pass(minute, -0.1);
  expect(server.watch.jump()?.by).toBe(hour);
});

test("a jump is over when the clock is back where it was", () => {
  const server = watchClock();
  server.set(hour);
  server.pass(minute);
  server.set(-hour);
  server.pass(1_000);
  expect(server.watch.jump()).toBeNull();
  expect(server.lines).toHaveLength(2);
});

test("a jump is over when the clock has run evenly for 10 minutes, and the next is measured from there", () => {
  const server = watchClock();
  server.set(hour);
  server.pass(11 * minute);
  expect(server.watch.jump()).toBeNull();
  server.set(-minute);
  server.pass(1_000);
  expect(server.watch.jump()?.by).toBe(-minute);
});

test("a clock that jumps again and again is logged once", () => {
  const server = watchClock();
  for (let nth = 0; nth < 50; nth += 1) {
    server.set(minute);
    server.pass(1_000);
  }
  expect(server.watch.jump()?.by).toBe(50 * minute);
  expect(server.lines).toHaveLength(1);
});

test("a clock that a time service slews has not jumped", () => {
  const server = watchClock();
  server.pass(hour, 0.5);
  expect(server.watch.jump()).toBeNull();
  expect(server.lines).toEqual([]);
});

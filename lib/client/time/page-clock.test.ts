import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { day, hour, minute, second, type Instant } from "@/lib/domain/instant";
import { ageChangesAt, formatAge } from "@/lib/presentation/age";

import type * as PageClock from "./page-clock";

const start = Date.UTC(2026, 10, 23, 12);
let visibility: DocumentVisibilityState = "visible";

beforeEach(() => {
  // A file that ran before may have told these modules the server's time.
  vi.resetModules();
  visibility = "visible";
  const page = new EventTarget();
  Object.defineProperty(page, "visibilityState", { get: () => visibility });
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", new EventTarget());
  vi.useFakeTimers({ now: start });
});

afterEach(() => {
  // Nor may the next file meet subscribers of a page that is gone.
  vi.resetModules();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function turn(to: DocumentVisibilityState): void {
  visibility = to;
  document.dispatchEvent(new Event("visibilitychange"));
}

/** An age on the page, as it was written last. */
function showAge(
  { subscribeToClock }: Pick<typeof PageClock, "subscribeToClock">,
  since: Instant,
  isSeen = () => visibility === "visible",
) {
  const shown = { text: formatAge(since, Date.now()), updates: 0 };
  const end = subscribeToClock({
    listener: () => {
      shown.text = formatAge(since, Date.now());
      shown.updates += 1;
    },
    changesAt: (now) => ageChangesAt(since, now),
    isSeen,
  });
  return Object.assign(shown, { end });
}

const ages = fc.array(fc.integer({ min: -minute, max: 3 * day }), { minLength: 1, maxLength: 20 });
const steps = fc.array(fc.integer({ min: 1, max: 3 * minute }), { minLength: 1, maxLength: 20 });

test("at every instant each text is that of this instant, and nothing is updated without a change", async () => {
  const clock = await import("./page-clock");
  fc.assert(
    fc.property(ages, steps, (lengths, waits) => {
      const sinces = lengths.map((length) => Date.now() - length);
      const shown = sinces.map((since) => showAge(clock, since));
      const changes = sinces.map(() => 0);
      for (const wait of waits) {
        const now = Date.now();
        sinces.forEach((since, nth) => {
          for (let at = ageChangesAt(since, now); at <= now + wait; at = ageChangesAt(since, at))
            changes[nth] = (changes[nth] ?? 0) + 1;
        });
        vi.advanceTimersByTime(wait);
        expect(shown.map(({ text }) => text)).toEqual(sinces.map((since) => formatAge(since, Date.now())));
      }
      expect(shown.map(({ updates }) => updates)).toEqual(changes);
      shown.forEach(({ end }) => end());
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test("a page of old ages wakes once a minute, and looks at its clock every ten seconds", async () => {
  const clock = await import("./page-clock");
  const shown = Array.from({ length: 40 }, (_, nth) => showAge(clock, start - hour - nth * 1_234));
  let timers = 0;
  for (; Date.now() < start + 10 * minute; timers += 1) vi.advanceTimersToNextTimer();
  expect(shown.map(({ updates }) => updates)).toEqual(shown.map(() => 10));
  expect(timers).toBeLessThanOrEqual(10 * 7);
});

test("nothing wakes a hidden page but what has to be current there, and it is right when it is shown again", async () => {
  const clock = await import("./page-clock");
  const text = showAge(clock, start);
  const title = showAge(clock, start - 40 * second, () => true);
  turn("hidden");
  vi.advanceTimersByTime(5 * second);
  expect([text.updates, title.updates]).toEqual([0, 0]);
  vi.advanceTimersByTime(5 * second);
  expect(title.text).toBe("50 s");
  title.end();
  vi.advanceTimersByTime(minute);
  const { updates } = text;
  vi.advanceTimersByTime(hour);
  expect(text.updates).toBe(updates);
  expect(vi.getTimerCount()).toBe(0);
  turn("visible");
  expect(text.text).toBe("1 h 1 min");
});

test("what is out of view does not wake the page, and is updated when others do or when it comes into view", async () => {
  const clock = await import("./page-clock");
  let isInView = false;
  const text = showAge(clock, start - 5 * second, () => isInView);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(minute);
  expect(text.text).toBe("5 s");
  const other = showAge(clock, start - 50 * second);
  vi.advanceTimersByTime(10 * second);
  expect([other.text, text.text]).toEqual(["2 min", "1 min"]);
  other.end();
  vi.advanceTimersByTime(hour);
  isInView = true;
  clock.wakeClock();
  expect(text.text).toBe("1 h 1 min");
});

test("everything is current on paper", async () => {
  const clock = await import("./page-clock");
  const text = showAge(clock, start, () => false);
  vi.advanceTimersByTime(hour);
  window.dispatchEvent(new Event("beforeprint"));
  expect(text.text).toBe("1 h");
});

test("after the machine slept, the page is right within ten seconds", async () => {
  const clock = await import("./page-clock");
  const text = showAge(clock, start - 2 * hour);
  vi.setSystemTime(start + hour);
  vi.advanceTimersByTime(10 * second);
  expect(text.text).toBe("3 h");
});

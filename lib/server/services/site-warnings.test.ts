import { expect, test } from "vitest";

import { toClockWarning } from "./site-warnings";

test("a jump of the clock is told with its size, since when, and what to do", () => {
  const { message } = toClockWarning({ since: Date.UTC(2026, 10, 26, 14, 5), by: 3_600_000 });
  for (const words of ["1 h ahead", "14:05 UTC", "NTP"]) expect(message).toContain(words);
});

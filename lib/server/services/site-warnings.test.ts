import { expect, test } from "vitest";

import { toClockWarning } from "./site-warnings";

test("the warning about a clock jump has its size, its time, and what to do", () => {
  const { message } = toClockWarning({ since: Date.UTC(2026, 10, 26, 14, 5), by: 3_600_000 });
  for (const words of ["1 h ahead", "14:05 UTC", "NTP"]) expect(message).toContain(words);
});

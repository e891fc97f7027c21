import { describe, expect, it } from "vitest";

import { pauseBeforeNextCode } from "./pairing";

describe("the pause before the next code", () => {
  it("grows with each failed request, up to 10 minutes", () => {
    const pauses = [0, 1, 2, 3, 6, 7, 1_000].map((failures) => pauseBeforeNextCode(failures) / 1_000);
    expect(pauses).toEqual([10, 20, 40, 80, 600, 600, 600]);
  });
});

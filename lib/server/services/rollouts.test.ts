import { describe, expect, it } from "vitest";

import { parseCursor } from "./rollouts";

describe("the cursor of a list", () => {
  it("reads what it handed out", () => {
    const cursor = Buffer.from("1700000000000 0000-é").toString("base64url");
    expect(parseCursor(cursor)).toEqual({ sortAt: 1_700_000_000_000, deploymentId: "0000-é" });
  });

  it.each([
    "",
    "x",
    "%%%",
    Buffer.from("no-number id").toString("base64url"),
    Buffer.from("12").toString("base64url"),
  ])("refuses %j", (text) => {
    expect(parseCursor(text)).toBeNull();
  });
});

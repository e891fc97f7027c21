import { describe, expect, it } from "vitest";

import { minute, second } from "@/lib/domain/instant";

import { createLastSeen } from "./last-seen";

function stage() {
  let at = 0;
  let fails = false;
  const written: string[] = [];
  const lastSeen = createLastSeen(() => at);
  return {
    note: async (key: string) => {
      lastSeen.note(key, () => {
        written.push(key);
        return fails ? Promise.reject(new Error("locked")) : Promise.resolve();
      });
      await Promise.resolve();
    },
    written,
    pass: (time: number) => {
      at += time;
    },
    fail: (next: boolean) => {
      fails = next;
    },
  };
}

describe("recording last use", () => {
  it("writes once a minute for each key", async () => {
    const { note, pass, written } = stage();
    for (const key of ["a", "b", "a"]) await note(key);
    pass(minute - 1);
    await note("a");
    expect(written).toEqual(["a", "b"]);
    pass(1);
    await note("a");
    expect(written).toEqual(["a", "b", "a"]);
  });

  it("pauses after a failed write, and then retries it", async () => {
    const { note, pass, written, fail } = stage();
    fail(true);
    await note("a");
    for (const key of ["a", "b", "c"]) await note(key);
    expect(written).toEqual(["a"]);
    pass(10 * second);
    fail(false);
    for (const key of ["a", "b"]) await note(key);
    expect(written).toEqual(["a", "a", "b"]);
  });
});

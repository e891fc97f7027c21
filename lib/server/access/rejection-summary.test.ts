import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { minute } from "@/lib/domain/instant";

import { createRejectionSummary, type Rejection } from "./rejection-summary";

describe("refused sign-ins", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const entries: string[] = [];
    const write = (actor: string, about: string) => Promise.resolve(void entries.push(`${actor}: ${about}`));
    const summary = createRejectionSummary();
    return {
      entries,
      note: (name: string, kind: Rejection) => summary.note(name, kind, kind, write),
    };
  }

  it("are logged once each, and the rest as a count when the window ends", async () => {
    const { entries, note } = open();
    for (let time = 0; time < 30; time += 1) await note("admin", "wrong");
    for (let time = 0; time < 970; time += 1) await note("admin", "not checked");
    await note("ada", "wrong");
    expect(entries).toEqual(["admin: wrong", "ada: wrong"]);
    vi.advanceTimersByTime(15 * minute);
    expect(entries.slice(2)).toEqual([
      "admin: within 15 minutes: 29 more with a wrong account or password, 970 not checked because of the limit",
    ]);
    await note("admin", "wrong");
    expect(entries).toHaveLength(4);
    vi.advanceTimersByTime(15 * minute);
    expect(entries).toHaveLength(4);
  });

  it("of accounts without access are counted too", async () => {
    const { entries, note } = open();
    for (let time = 0; time < 500; time += 1) await note("mallory@example.com", "no access");
    expect(entries).toEqual(["mallory@example.com: no access"]);
    vi.advanceTimersByTime(15 * minute);
    expect(entries.slice(1)).toEqual(["mallory@example.com: within 15 minutes: 499 more without access"]);
  });

  it("of ever-changing names cause few entries too", async () => {
    const { entries, note } = open();
    for (let time = 0; time < 1_000; time += 1) {
      await note(`name-${time}`, "wrong");
      await note(`name-${time}`, "wrong");
    }
    vi.advanceTimersByTime(15 * minute);
    expect(entries.length).toBeLessThanOrEqual(42);
    expect(entries.at(-1)).toContain("other accounts: within 15 minutes: 1959 more");
  });
});

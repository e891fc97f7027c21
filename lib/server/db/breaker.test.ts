import { setTimeout as wait } from "node:timers/promises";

import { describe, expect, it, vi } from "vitest";

import { createBreaker } from "./breaker";
import { HistoryUnavailable } from "./database-problem";

const patience = 100;
const now = Date.UTC(2026, 10, 26, 14, 2);

/** A database that answers every query after the same delay, with an error, or (null) not at all. */
function stage() {
  let manner: { after: number | null; error: Error | null } = { after: 0, error: null };
  const asked: string[] = [];
  const answer = async (what: string): Promise<string> => {
    asked.push(what);
    const { after, error } = manner;
    if (after === null) return new Promise(() => undefined);
    await wait(after);
    if (error !== null) throw error;
    return what;
  };
  const changes: (string | null)[] = [];
  const breaker = createBreaker({
    ping: () => answer("ping"),
    now: () => now,
    onChange: (problem) => changes.push(problem),
    patience,
  });
  return {
    breaker,
    changes,
    asked: (what: string) => asked.filter((each) => each === what).length,
    ask: (what: string) => breaker.ask(() => answer(what)),
    askPatiently: (what: string) => breaker.askPatiently(() => answer(what)),
    be: (next: { after?: number | null; error?: Error }) => {
      manner = { after: next.after === undefined ? 0 : next.after, error: next.error ?? null };
    },
  };
}

async function timed(request: Promise<unknown>) {
  const from = performance.now();
  const outcome = await request.catch((error: unknown) => String(error));
  return { outcome, took: performance.now() - from };
}

const refused = new HistoryUnavailable("PostgreSQL cannot be reached", {
  cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
});

describe("the breaker before the database", () => {
  it("delays only the first queries to a silent database", async () => {
    const { ask, be, changes, asked, breaker } = stage();
    expect(await ask("before")).toBe("before");
    be({ after: null });
    const first = await Promise.all([timed(ask("a")), timed(ask("a"))]);
    for (const { outcome, took } of first) {
      expect(outcome).toBe("HistoryUnavailable: PostgreSQL takes too long to answer since 14:02 UTC");
      expect(took).toBeLessThan(20 * patience);
    }
    const others = await Promise.all(Array.from({ length: 50 }, () => timed(ask("b"))));
    for (const { outcome } of others) expect(outcome).toMatch(/takes too long/);
    // Rejected without a query, so there was nothing to wait for.
    expect(asked("b")).toBe(0);
    expect(changes).toEqual(["PostgreSQL takes too long to answer"]);
    be({});
    await vi.waitFor(() => expect(breaker.state()).toBe("answering"));
    expect(await ask("after")).toBe("after");
    expect(changes).toEqual(["PostgreSQL takes too long to answer", null]);
  });

  it("sends no query to a database that fails, until it answers again", async () => {
    const { ask, askPatiently, be, asked, breaker } = stage();
    be({ error: refused });
    expect((await timed(ask("a"))).outcome).toMatch(/PostgreSQL cannot be reached/);
    await vi.waitFor(() => expect(breaker.state()).toBe("away"));
    for (const request of [ask("b"), askPatiently("b")])
      expect((await timed(request)).outcome).toMatch(/PostgreSQL cannot be reached since 14:02 UTC/);
    expect(asked("b")).toBe(0);
    be({});
    await vi.waitFor(() => expect(breaker.isAnswering()).toBe(true));
  });

  it("waits for a slow database only for patient queries", async () => {
    const { ask, askPatiently, asked, be, breaker } = stage();
    be({ after: 4 * patience });
    expect((await timed(ask("a"))).outcome).toMatch(/takes too long/);
    await vi.waitFor(() => expect(breaker.state()).toBe("slow"));
    expect((await timed(ask("b"))).outcome).toMatch(/takes too long/);
    expect(asked("b")).toBe(0);
    expect(await askPatiently("c")).toBe("c");
    expect(breaker.isAnswering()).toBe(false);
    be({});
    await vi.waitFor(() => expect(breaker.state()).toBe("answering"));
  });

  it("allows one long query", async () => {
    const { breaker, changes } = stage();
    const long = breaker.ask(() => wait(5 * patience, "all of it"));
    expect(await long).toBe("all of it");
    expect(breaker.state()).toBe("answering");
    expect(changes).toEqual([]);
  });

  it.each(["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "25006", "53100"])(
    "does not doubt a database that cannot be written: %s",
    async (code) => {
      const { breaker, asked } = stage();
      const cause = Object.assign(new Error("no"), { code });
      const error = new HistoryUnavailable("the database cannot be written", { cause });
      await expect(breaker.ask(() => Promise.reject(error))).rejects.toThrow(error);
      expect(breaker.state()).toBe("answering");
      expect(asked("ping")).toBe(0);
    },
  );

  it("passes on errors that are bugs", async () => {
    const { breaker, asked } = stage();
    await expect(breaker.ask(() => Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
    expect(breaker.state()).toBe("answering");
    expect(asked("ping")).toBe(0);
  });
});

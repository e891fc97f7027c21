import { describe, expect, it } from "vitest";

import { createBreaker } from "./breaker";
import { HistoryUnavailable } from "./database-problem";
import { guardStore } from "./guard-store";
import { engines } from "./testing/engines";
import { newDatabasePath, openBehind, openTestStore } from "./testing/history-file";

describe.each(engines)("a store behind the breaker, on $engine", ({ newDatabase }) => {
  it("answers as it does without the breaker, and so do its tables", async () => {
    const history = await openTestStore(await newDatabase());
    const guarded = guardStore(history, createBreaker({ ping: history.ping, now: () => 0 }));
    expect(await guarded.readEndpoints()).toEqual([]);
    const link = {
      id: "l",
      endpointId: "a",
      name: "n",
      createdAt: 1,
      expiresAt: 9,
      lastUsedAt: null,
      madeBy: null,
      makerIdentity: null,
    };
    await guarded.guestLinks.add(link, "h");
    expect(await guarded.guestLinks.find("h", 2)).toEqual(link);
    expect(await history.guestLinks.find("h", 2)).toEqual(link);
  });
});

describe("a store behind the breaker", () => {
  it("is still read while it cannot be written", async () => {
    const path = newDatabasePath();
    const history = await openTestStore(path);
    const breaker = createBreaker({ ping: history.ping, now: () => 0 });
    const guarded = guardStore(history, breaker);
    const other = openBehind(path);
    other.exec("begin immediate");
    await breaker.ask(() => Promise.reject(new HistoryUnavailable("away"))).catch(() => undefined);
    expect(await guarded.readEndpoints()).toEqual([]);
    await expect(guarded.tryWriting()).rejects.toThrow(/locked/);
    expect(await guarded.sessions.find("h", 0)).toBeNull();
    other.exec("rollback");
  });

  it("sends no query while the database is away", async () => {
    const history = await openTestStore(newDatabasePath());
    const breaker = createBreaker({ ping: () => Promise.reject(new Error("timeout")), now: () => 0 });
    const guarded = guardStore(history, breaker);
    await breaker.ask(() => Promise.reject(new HistoryUnavailable("away"))).catch(() => undefined);
    await expect(guarded.readEndpoints()).rejects.toThrow("PostgreSQL cannot be reached since 00:00 UTC");
    await expect(guarded.sessions.find("h", 0)).rejects.toThrow(HistoryUnavailable);
  });
});

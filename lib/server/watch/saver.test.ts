import { describe, expect, it, vi } from "vitest";

import { FencedOut } from "@/lib/server/history/lease";
import type { Entry } from "@/lib/server/history/recording";

import { createSaver, type Saver } from "./saver";

function entry(at: number): Entry {
  return { kind: "departure", endpointId: "acme-one", goneSince: at };
}

/** A saver on a list that can refuse to be written. */
function openSaver() {
  const written: Entry[] = [];
  const refusals: unknown[] = [];
  let refusal: Error | null = null;
  const saver = createSaver(
    (entries) => {
      if (refusal !== null) return Promise.reject(refusal);
      written.push(...entries);
      return Promise.resolve();
    },
    (error) => refusals.push(error),
  );
  return {
    saver,
    written,
    refusals,
    refuse: (error: Error | null): void => {
      refusal = error;
    },
  };
}

/** Saves, and waits until what came of it is known. */
async function saved(saver: Saver, entries: readonly Entry[], at: number): Promise<void> {
  await saver.save(entries, at);
  await saver.idle();
}

const full = new Error("database or disk is full");

describe("the saver", () => {
  it("has written when it resolves", async () => {
    const { saver, written } = openSaver();
    await saved(saver, [entry(1), entry(2)], 10);
    expect(written).toEqual([entry(1), entry(2)]);
    expect(saver.trouble()?.since ?? null).toBeNull();
  });

  it("says since when it fails, once, and resolves all the same", async () => {
    const { saver, refuse, refusals } = openSaver();
    refuse(full);
    await saved(saver, [entry(1)], 10);
    await saved(saver, [entry(2)], 20);
    expect(saver.trouble()?.since ?? null).toBe(10);
    expect(refusals).toEqual([full]);
  });

  it("writes what waited, in order, with the next entries, and once only", async () => {
    const { saver, written, refuse } = openSaver();
    refuse(full);
    await saved(saver, [entry(1)], 10);
    await saved(saver, [entry(2)], 20);
    refuse(null);
    await saved(saver, [entry(3)], 30);
    await saved(saver, [entry(4)], 40);
    expect(written).toEqual([1, 2, 3, 4].map(entry));
    expect(saver.trouble()?.since ?? null).toBeNull();
  });

  it("reports a second trouble with an instant of its own", async () => {
    const { saver, refuse, refusals } = openSaver();
    refuse(full);
    await saved(saver, [entry(1)], 10);
    refuse(null);
    await saved(saver, [entry(2)], 20);
    refuse(full);
    await saved(saver, [entry(3)], 30);
    expect(saver.trouble()?.since ?? null).toBe(30);
    expect(refusals).toHaveLength(2);
  });

  it("keeps order and loses nothing when much is given at once", async () => {
    const { saver, written } = openSaver();
    const instants = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(instants.map((at) => saver.save([entry(at)], at)));
    await saver.idle();
    expect(written).toEqual(instants.map(entry));
  });

  it("tries to write what waits although nothing new is given", async () => {
    const { saver, written, refuse } = openSaver();
    refuse(full);
    await saved(saver, [entry(1)], 10);
    refuse(null);
    await saved(saver, [], 20);
    expect(written).toEqual([entry(1)]);
  });

  it("gives up nothing of what comes in while a write is under way, however much it is", async () => {
    const written: Entry[] = [];
    let finish = (): void => undefined;
    const saver = createSaver(
      async (entries) => {
        if (written.length === 0) await new Promise<void>((resolve) => (finish = resolve));
        written.push(...entries);
      },
      () => undefined,
    );
    const first = saver.save([entry(0)], 10);
    await Promise.resolve();
    const flood = Array.from({ length: 20_000 }, (_, index) => entry(index + 1));
    const second = saver.save(flood, 20);
    finish();
    await Promise.all([first, second]);
    expect(written).toHaveLength(20_001);
    expect(written.at(1)).toEqual(entry(1));
  });

  it("keeps of polls that said nothing new only the newest, and all that said something", async () => {
    const { saver, written, refuse } = openSaver();
    const poll = (at: number, from: number) =>
      ({ kind: "recording", endpointId: "acme-one", at, span: { from }, rollouts: [] }) satisfies Entry;
    const reply = { body: "{}", isShortened: false, unreadFields: [] };
    const telling: Entry = { ...poll(30, 5), reply };
    refuse(full);
    for (const each of [
      poll(10, 5),
      poll(20, 5),
      telling,
      poll(40, 5),
      entry(45),
      poll(50, 5),
      poll(90, 90),
    ]) {
      await saved(saver, [each], each.kind === "recording" ? each.at : 0);
    }
    refuse(null);
    await saved(saver, [poll(99, 90)], 99);
    expect(written).toEqual([telling, entry(45), poll(50, 5), poll(90, 90), poll(99, 90)]);
  });

  it("keeps of the replies of an endpoint only the newest", async () => {
    const { saver, written, refuse } = openSaver();
    const poll = (endpointId: string, at: number, body: string) =>
      ({
        kind: "recording",
        endpointId,
        at,
        span: { from: 5 },
        rollouts: [],
        reply: { body, isShortened: false, unreadFields: [] },
      }) satisfies Entry;
    refuse(full);
    for (const each of [poll("acme-one", 10, "a"), poll("acme-two", 12, "c"), poll("acme-one", 20, "b")]) {
      await saved(saver, [each], each.at);
    }
    refuse(null);
    await saved(saver, [entry(30)], 30);
    expect(written).toEqual([poll("acme-two", 12, "c"), poll("acme-one", 20, "b"), entry(30)]);
  });

  it("keeps nobody waiting for a database that does not say, tells of it, and has written all in the end", async () => {
    const written: Entry[] = [];
    const answers: (() => void)[] = [];
    const saver = createSaver(
      (entries) =>
        new Promise((done) => {
          answers.push(() => {
            written.push(...entries);
            done();
          });
        }),
      () => undefined,
    );
    await saver.save([entry(1)], 10);
    expect(written).toEqual([]);
    expect(saver.trouble()).toEqual({ since: 10, problem: "the database takes too long to answer" });
    await saver.save([entry(2)], 20);
    await saver.save([entry(3)], 30);
    await vi.waitFor(() => {
      answers.shift()?.();
      expect(written).toEqual([entry(1), entry(2), entry(3)]);
    });
    await saver.idle();
    expect(saver.trouble()).toBeNull();
  });

  it("forgets everything once another instance watches", async () => {
    let isOver = false;
    const saver = createSaver(
      () => Promise.reject(new FencedOut()),
      () => undefined,
      () => {
        isOver = true;
      },
    );
    await saved(saver, [entry(1)], 10);
    expect([isOver, saver.isOver(), saver.trouble()]).toEqual([true, true, null]);
  });
});

import { describe, expect, it, vi } from "vitest";

import { LostLeadership } from "@/lib/server/db/lease";
import type { Entry } from "@/lib/server/db/recording";

import { createHistoryWriter, type HistoryWriter } from "./history-writer";

function entry(at: number): Entry {
  return { kind: "delisting", endpointId: "acme-one", removedSince: at };
}

/** A history writer on an array that can be set to reject writes. */
function openHistoryWriter() {
  const written: Entry[] = [];
  const refusals: unknown[] = [];
  let rejection: Error | null = null;
  const historyWriter = createHistoryWriter(
    (entries) => {
      if (rejection !== null) return Promise.reject(rejection);
      written.push(...entries);
      return Promise.resolve();
    },
    (error) => refusals.push(error),
  );
  return {
    historyWriter,
    written,
    refusals,
    refuse: (error: Error | null): void => {
      rejection = error;
    },
  };
}

/** Saves, and waits until the write is done or has failed. */
async function saved(historyWriter: HistoryWriter, entries: readonly Entry[], at: number): Promise<void> {
  await historyWriter.save(entries, at);
  await historyWriter.idle();
}

const full = new Error("database or disk is full");

describe("the history writer", () => {
  it("has written the entries when it resolves", async () => {
    const { historyWriter, written } = openHistoryWriter();
    await saved(historyWriter, [entry(1), entry(2)], 10);
    expect(written).toEqual([entry(1), entry(2)]);
    expect(historyWriter.outage()?.since ?? null).toBeNull();
  });

  it("reports when the outage began, once, and still resolves", async () => {
    const { historyWriter, refuse, refusals } = openHistoryWriter();
    refuse(full);
    await saved(historyWriter, [entry(1)], 10);
    await saved(historyWriter, [entry(2)], 20);
    expect(historyWriter.outage()?.since ?? null).toBe(10);
    expect(refusals).toEqual([full]);
  });

  it("writes waiting entries once, in order, with the next ones", async () => {
    const { historyWriter, written, refuse } = openHistoryWriter();
    refuse(full);
    await saved(historyWriter, [entry(1)], 10);
    await saved(historyWriter, [entry(2)], 20);
    refuse(null);
    await saved(historyWriter, [entry(3)], 30);
    await saved(historyWriter, [entry(4)], 40);
    expect(written).toEqual([1, 2, 3, 4].map(entry));
    expect(historyWriter.outage()?.since ?? null).toBeNull();
  });

  it("reports a second outage with its own start", async () => {
    const { historyWriter, refuse, refusals } = openHistoryWriter();
    refuse(full);
    await saved(historyWriter, [entry(1)], 10);
    refuse(null);
    await saved(historyWriter, [entry(2)], 20);
    refuse(full);
    await saved(historyWriter, [entry(3)], 30);
    expect(historyWriter.outage()?.since ?? null).toBe(30);
    expect(refusals).toHaveLength(2);
  });

  it("keeps the order and loses nothing when many entries arrive at once", async () => {
    const { historyWriter, written } = openHistoryWriter();
    const instants = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(instants.map((at) => historyWriter.save([entry(at)], at)));
    await historyWriter.idle();
    expect(written).toEqual(instants.map(entry));
  });

  it("retries waiting entries even without new ones", async () => {
    const { historyWriter, written, refuse } = openHistoryWriter();
    refuse(full);
    await saved(historyWriter, [entry(1)], 10);
    refuse(null);
    await saved(historyWriter, [], 20);
    expect(written).toEqual([entry(1)]);
  });

  it("drops none of the entries that arrive during a write, however many they are", async () => {
    const written: Entry[] = [];
    let finish = (): void => undefined;
    const historyWriter = createHistoryWriter(
      async (entries) => {
        if (written.length === 0) await new Promise<void>((resolve) => (finish = resolve));
        written.push(...entries);
      },
      () => undefined,
    );
    const first = historyWriter.save([entry(0)], 10);
    await Promise.resolve();
    const flood = Array.from({ length: 20_000 }, (_, index) => entry(index + 1));
    const second = historyWriter.save(flood, 20);
    finish();
    await Promise.all([first, second]);
    expect(written).toHaveLength(20_001);
    expect(written.at(1)).toEqual(entry(1));
  });

  it("keeps only the newest of the polls without a change, and every poll with one", async () => {
    const { historyWriter, written, refuse } = openHistoryWriter();
    const poll = (at: number, from: number) =>
      ({ kind: "recording", endpointId: "acme-one", at, span: { from }, rollouts: [] }) satisfies Entry;
    const reply = { body: "{}", isShortened: false, unreadFields: [] };
    const changed: Entry = { ...poll(30, 5), reply };
    refuse(full);
    for (const each of [
      poll(10, 5),
      poll(20, 5),
      changed,
      poll(40, 5),
      entry(45),
      poll(50, 5),
      poll(90, 90),
    ]) {
      await saved(historyWriter, [each], each.kind === "recording" ? each.at : 0);
    }
    refuse(null);
    await saved(historyWriter, [poll(99, 90)], 99);
    expect(written).toEqual([changed, entry(45), poll(50, 5), poll(90, 90), poll(99, 90)]);
  });

  it("keeps only the newest reply of an endpoint", async () => {
    const { historyWriter, written, refuse } = openHistoryWriter();
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
      await saved(historyWriter, [each], each.at);
    }
    refuse(null);
    await saved(historyWriter, [entry(30)], 30);
    expect(written).toEqual([poll("acme-two", 12, "c"), poll("acme-one", 20, "b"), entry(30)]);
  });

  it("does not block on a database that does not answer, reports it, and writes everything in the end", async () => {
    const written: Entry[] = [];
    const answers: (() => void)[] = [];
    const historyWriter = createHistoryWriter(
      (entries) =>
        new Promise((done) => {
          answers.push(() => {
            written.push(...entries);
            done();
          });
        }),
      () => undefined,
    );
    await historyWriter.save([entry(1)], 10);
    expect(written).toEqual([]);
    expect(historyWriter.outage()).toEqual({ since: 10, problem: "the database takes too long to answer" });
    await historyWriter.save([entry(2)], 20);
    await historyWriter.save([entry(3)], 30);
    await vi.waitFor(() => {
      answers.shift()?.();
      expect(written).toEqual([entry(1), entry(2), entry(3)]);
    });
    await historyWriter.idle();
    expect(historyWriter.outage()).toBeNull();
  });

  it("reports the outage until everything is written that was shown during it, and then only what fails again", async () => {
    const written: Entry[] = [];
    const answers: (() => void)[] = [];
    const historyWriter = createHistoryWriter(
      (entries) =>
        new Promise((done) => {
          answers.push(() => {
            written.push(...entries);
            done();
          });
        }),
      () => undefined,
    );
    const answer = async () => {
      await vi.waitFor(() => expect(answers).not.toEqual([]));
      answers.shift()?.();
    };
    await historyWriter.save([entry(1)], 10);
    await historyWriter.save([entry(2)], 20);
    await answer();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    // The second entry is shown already.
    expect(historyWriter.outage()?.since).toBe(10);
    let isShown = false;
    const third = historyWriter.save([entry(3)], 30).then(() => (isShown = true));
    await answer();
    await vi.waitFor(() => expect(historyWriter.outage()).toBeNull());
    expect([written, isShown]).toEqual([[entry(1), entry(2)], false]);
    await answer();
    await third;
    expect(written).toEqual([1, 2, 3].map(entry));
  });

  it("drops everything once another instance leads", async () => {
    let isOver = false;
    const historyWriter = createHistoryWriter(
      () => Promise.reject(new LostLeadership()),
      () => undefined,
      () => {
        isOver = true;
      },
    );
    await saved(historyWriter, [entry(1)], 10);
    expect([isOver, historyWriter.isOver(), historyWriter.outage()]).toEqual([true, true, null]);
  });
});

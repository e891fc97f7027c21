import { describe, expect, it, onTestFinished } from "vitest";

import { openDatabase } from "./open-database";
import { openStore } from "./store";
import { engines } from "./testing/engines";
import { endpointFacts, recording } from "./testing/entries";
import { notification, outageNotification } from "./testing/notifications";

describe.each(engines)("the outbox on $engine", ({ newDatabase }) => {
  async function open() {
    const db = openDatabase(await newDatabase());
    const store = await openStore(db);
    onTestFinished(store.close);
    const claim = (now: number, channel = "team", most = 9) =>
      store.deliveries.claim({ channel, now, most, fencingToken: null });
    return { db, ...store, claim };
  }

  it("keeps an event once, however often it is written, with the observation of its poll", async () => {
    const { write, claim, deliveries } = await open();
    const entries = [
      recording(1_000, { endpoint: endpointFacts() }),
      notification("failed", { at: 1_000 }, ["team", "ops"]),
    ];
    await write(entries);
    await write(entries);
    expect(await deliveries.list({ limit: 9 })).toHaveLength(2);
    const [job, ...others] = await claim(2_000);
    expect(others).toEqual([]);
    expect(job).toMatchObject({ notificationId: "d8-failed", attempts: 1, isRepeated: false });
    expect(job?.event).toMatchObject({ kind: "failed", endpointId: "acme-one", previousVersion: "7" });
  });

  it("is written in one transaction with the entries beside it", async () => {
    const { write, deliveries } = await open();
    const broken = recording(Number.NaN);
    await expect(write([notification("failed"), broken])).rejects.toThrow();
    expect(await deliveries.list({ limit: 9 })).toEqual([]);
  });

  it("sends the messages of one rollout in order, and those of others meanwhile", async () => {
    const { write, claim, deliveries } = await open();
    await write([
      notification("finished", { at: 3_000 }),
      notification("started", { at: 1_000 }),
      notification("started", { at: 2_000, deploymentId: "d9" }),
    ]);
    const first = await claim(9_000);
    expect(first.map(({ notificationId }) => notificationId)).toEqual(["d8-started", "d9-started"]);
    const [started] = first;
    if (started === undefined) throw new Error("There is no job.");
    await deliveries.settle(started, { state: "waiting", error: "503", nextAttemptAt: 20_000 });
    expect(await deliveries.nextDue("team")).toBe(0);
    await deliveries.settle(
      { notificationId: "d9-started", channel: "team" },
      { state: "sent", receipt: null },
    );
    expect(await deliveries.nextDue("team")).toBe(20_000);
    expect(await claim(19_999)).toEqual([]);
    const [again] = await claim(20_000);
    expect(again).toMatchObject({ notificationId: "d8-started", attempts: 2, isRepeated: true });
    await deliveries.settle(started, { state: "sent", receipt: "171.5" });
    expect(await claim(20_000)).toMatchObject([{ notificationId: "d8-finished", threadReceipt: "171.5" }]);
  });

  it("keeps what failed for good until someone sends it again", async () => {
    const { write, claim, deliveries } = await open();
    await write([notification("failed", { at: 1_000 })]);
    const [job] = await claim(2_000);
    if (job === undefined) throw new Error("There is no job.");
    await deliveries.settle(job, { state: "failed", error: "hooks.example.com answered 410." });
    expect(await deliveries.nextDue("team")).toBeNull();
    expect(await deliveries.list({ limit: 9, state: "failed" })).toMatchObject([
      { attempts: 1, error: "hooks.example.com answered 410.", attemptedAt: 2_000 },
    ]);
    expect(await deliveries.sendAgain(job)).toBe(true);
    expect(await deliveries.sendAgain(job)).toBe(false);
    expect(await claim(3_000)).toMatchObject([{ attempts: 1, isRepeated: true }]);
    await deliveries.settle(job, { state: "sent", receipt: null });
    expect(await deliveries.sendAgain(job)).toBe(false);
    expect(await claim(4_000)).toEqual([]);
  });

  it("gives up an event of another version, and sends the next one", async () => {
    const { db, write, claim } = await open();
    await write([
      notification("started", { at: 1_000 }),
      notification("failed", { at: 2_000, deploymentId: "d9" }),
    ]);
    await db
      .updateTable("notification")
      .set({ event: '{"kind":"later"}' })
      .where("id", "=", "d8-started")
      .execute();
    expect(await claim(3_000)).toMatchObject([{ notificationId: "d9-failed" }]);
    const row = db.selectFrom("delivery").select("state").where("notification_id", "=", "d8-started");
    expect(await row.executeTakeFirst()).toEqual({ state: "failed" });
  });

  it("does not send in quiet hours and about muted endpoints", async () => {
    const { endpointMutes, write, deliveries } = await open();
    await endpointMutes.put({ endpointId: "acme-one", until: 5_000, by: "ada" });
    const quiet = notification("failed", { at: 9_000, endpointId: "acme-two" });
    await write([
      notification("started", { at: 4_999 }),
      notification("finished", { at: 5_000 }),
      {
        ...quiet,
        id: "quiet",
        destinations: [{ channel: "team", isQuiet: true, thread: "rollout acme-one d8" }],
      },
    ]);
    const states = (await deliveries.list({ limit: 9 })).map(({ event, state }) => [event.kind, state]);
    expect(states).toEqual([
      ["failed", "muted"],
      ["finished", "waiting"],
      ["started", "muted"],
    ]);
  });

  it("lets what makes no noise pass a mute, and mutes an outage of muted endpoints only", async () => {
    const { endpointMutes, write, deliveries } = await open();
    await endpointMutes.put({ endpointId: "acme-one", until: 9_000, by: "ada" });
    const to = (isSilent: boolean) => [{ channel: "team", isQuiet: false, thread: "t", isSilent }];
    const blind = outageNotification("blind", 3_000);
    if (blind.kind !== "notification" || !("cause" in blind.event)) throw new Error("unreachable");
    const ofTwo = { ...blind.event, at: 5_000, endpointIds: ["acme-one", "acme-two"], endpointCount: 2 };
    await write([
      { ...notification("stalled", { at: 1_000 }), destinations: to(false) },
      { ...notification("moving_again", { at: 2_000 }), destinations: to(true) },
      { ...blind, destinations: to(false) },
      { ...blind, id: "of two", event: ofTwo, destinations: to(false) },
    ]);
    const states = (await deliveries.list({ limit: 9 })).map(({ event, state }) => [event.kind, state]);
    expect(states).toEqual([
      ["blind", "waiting"],
      ["blind", "muted"],
      ["moving_again", "waiting"],
      ["stalled", "muted"],
    ]);
  });

  it("knows after a restart which outages have not ended", async () => {
    const { write, deliveries } = await open();
    await write([outageNotification("blind", 1_000), outageNotification("blind", 50_000)]);
    await write([outageNotification("seeing_again", 1_000)]);
    expect(await deliveries.openOutages()).toMatchObject([{ org: "acme", from: 50_000 }]);
  });

  it("is listed newest first, page by page and filtered, and pruned", async () => {
    const { write, deliveries } = await open();
    await write(
      [1, 2, 3].map((nth) =>
        notification("started", { at: nth * 1_000, deploymentId: `d${nth}` }, ["team", "ops"]),
      ),
    );
    const [first, second] = await deliveries.list({ limit: 2, channel: "ops" });
    expect([first?.event.at, second?.event.at]).toEqual([3_000, 2_000]);
    if (second === undefined) throw new Error("There is no second delivery.");
    const before = { ...second, at: second.event.at };
    expect(await deliveries.list({ limit: 2, channel: "ops", before })).toMatchObject([
      { event: { at: 1_000 } },
    ]);
    expect(await deliveries.prune(3_000)).toBe(2);
    expect(await deliveries.prune(3_000)).toBe(0);
    expect(await deliveries.list({ limit: 9 })).toHaveLength(2);
  });
});

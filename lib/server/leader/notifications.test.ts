import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

import type { Duration } from "@/lib/domain/instant";
import { usualDeadline } from "@/lib/domain/past-rollout";
import { joinNotifications } from "@/lib/server/config/notifications";
import { engines } from "@/lib/server/db/testing/engines";
import { startReceiver } from "@/lib/server/notify/testing/receiver";
import { startCerebras, wire } from "@/lib/server/poller/testing/watch-stage";

import { startInstance } from "./testing/instance";

const messageSchema = z.object({
  type: z.string(),
  data: z.object({ rollout: z.object({ deploymentId: z.string() }).optional() }),
});
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const patience = { timeout: 10_000 };

async function startTeam(blindAfter: Duration, toStatus: () => number = () => 200) {
  const receiver = await startReceiver(() => ({ status: toStatus() }));
  const url = new URL("/hook", receiver.url);
  const channels = [{ name: "team", type: "webhook" as const, url, secret }];
  const notify = {
    settings: joinNotifications([], { channels, rules: null, blindAfter }),
    ...{ proxy: null, publicUrl: new URL("https://rollcall.example.com") },
    firstBackOff: 10,
    habits: {
      known: () => ({ pasts: [], deadline: usualDeadline }),
      readFirst: () => Promise.resolve(),
    },
  };
  const types = () => receiver.accepted.map(({ body }) => messageSchema.parse(JSON.parse(body)).type);
  return { receiver, notify, types };
}

describe.each(engines)("notifications on $engine", ({ engine, newDatabase }) => {
  it("follow a rollout through the change of the leader, each once", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ id: "d7", rollout_status: "done" })] });
    const { notify, types } = await startTeam(60_000);
    const address = await newDatabase();
    const start = (name: string) => startInstance(cerebras.url, address, name, undefined, notify);
    const first = await start("first");
    await vi.waitFor(() => expect(first.endpointStore.get("acme-one")?.picture).toBeTruthy(), patience);
    const done = wire({ id: "d7", rollout_status: "done" });
    cerebras.known.set("acme-one", [wire({ created: Date.now() / 1_000 }), done]);
    await vi.waitFor(() => expect(types()).toEqual(["rollout.started"]), patience);
    if (engine === "SQLite") await first.stop();
    const second = await start("second");
    if (engine === "PostgreSQL") await first.vanish();
    cerebras.known.set("acme-one", [
      wire({ rollout_status: "error", error_message: "out of memory", created: Date.now() / 1_000 }),
      done,
    ]);
    await vi.waitFor(() => expect(types()).toEqual(["rollout.started", "rollout.failed"]), patience);
    const sent = () => second.history.deliveries.list({ limit: 9, state: "sent" });
    await vi.waitFor(async () => expect(await sent()).toHaveLength(2), patience);
  });

  it("arrive once by their id, though half of the attempts fail and the server is killed", async () => {
    const ids = Array.from({ length: 8 }, (_, nth) => `acme-${nth}`);
    const done = (id: string, nth: number) => wire({ id: `${id}-r${nth}`, rollout_status: "done" });
    const cerebras = await startCerebras(Object.fromEntries(ids.map((id) => [id, [done(id, 0)]])));
    const { notify, receiver } = await startTeam(60_000, () => (Math.random() < 0.5 ? 503 : 200));
    const address = await newDatabase();
    const expected = new Set<string>();
    for (let nth = 1; nth <= 3; nth += 1) {
      const instance = await startInstance(cerebras.url, address, `instance ${nth}`, undefined, notify);
      const untilSeen = (status: string) =>
        vi.waitFor(() => {
          const seen = ids.map((id) => {
            const rollouts = instance.endpointStore.get(id)?.picture?.rollouts ?? [];
            const current = rollouts.find(({ facts }) => facts.deploymentId === `${id}-r${nth}`);
            return current?.observations.at(-1)?.state.status;
          });
          expect(new Set(seen)).toEqual(new Set([status]));
        }, patience);
      await vi.waitFor(() => {
        for (const id of ids) expect(instance.endpointStore.get(id)?.picture).toBeTruthy();
      }, patience);
      for (const [status, type] of [["in_progress", "started"] as const, ["done", "finished"] as const]) {
        for (const id of ids) {
          const current = wire({ id: `${id}-r${nth}`, rollout_status: status, created: Date.now() / 1_000 });
          cerebras.known.set(id, [current, done(id, nth - 1)]);
          expected.add(`rollout.${type} ${id}-r${nth}`);
        }
        await untilSeen(status);
      }
      // Some messages are still waiting, or under way.
      if (nth < 3) await instance.vanish();
    }
    const arrived = () =>
      receiver.accepted.map(({ headers, body }) => {
        const { type, data } = messageSchema.parse(JSON.parse(body));
        return { about: `${type} ${data.rollout?.deploymentId ?? ""}`, id: headers["webhook-id"] };
      });
    await vi.waitFor(() => expect(new Set(arrived().map(({ about }) => about))).toEqual(expected), patience);
    expect(new Set(arrived().map(({ id }) => id)).size).toBe(expected.size);
  });

  it("say once that a failure was acknowledged", async () => {
    const done = wire({ id: "d7", rollout_status: "done" });
    const cerebras = await startCerebras({ "acme-one": [done] });
    const { notify, types } = await startTeam(1_000);
    const { history, endpointStore } = await startInstance(
      cerebras.url,
      await newDatabase(),
      "first",
      undefined,
      notify,
    );
    await vi.waitFor(() => expect(endpointStore.get("acme-one")?.picture).toBeTruthy(), patience);
    const created = Date.now() / 1_000;
    cerebras.known.set("acme-one", [wire({ id: "d8", rollout_status: "error", created }), done]);
    await vi.waitFor(() => expect(types()).toEqual(["rollout.failed"]), patience);
    const acknowledgement = { endpointId: "acme-one", deploymentId: "d8", by: "ada", at: Date.now() };
    await history.acknowledgements.put(acknowledgement);
    const expected = ["rollout.failed", "rollout.acknowledged"];
    await vi.waitFor(() => expect(types()).toEqual(expected), patience);
    // Another failure comes after several looks at the same acknowledgement.
    cerebras.known.set("acme-one", [wire({ id: "d9", rollout_status: "error", created }), done]);
    await vi.waitFor(() => expect(types()).toEqual([...expected, "rollout.failed"]), patience);
  });

  it("say once that endpoints cannot be seen, and that they can be seen again after a restart", async () => {
    const one = [wire({ rollout_status: "done" })];
    const cerebras = await startCerebras({ "acme-one": one, "acme-two": one });
    const { notify, receiver, types } = await startTeam(1_000);
    const address = await newDatabase();
    const first = await startInstance(cerebras.url, address, "first", undefined, notify);
    await vi.waitFor(() => {
      for (const id of ["acme-one", "acme-two"]) expect(first.endpointStore.get(id)?.picture).toBeTruthy();
    }, patience);
    cerebras.outage = () => ({ status: 503 });
    await vi.waitFor(() => expect(types()).toEqual(["endpoints.blind"]), patience);
    expect(receiver.accepted[0]?.body).toContain("Rollcall cannot see 2 endpoints of acme");
    await first.stop();
    cerebras.outage = () => null;
    await startInstance(cerebras.url, address, "second", undefined, notify);
    await vi.waitFor(() => expect(types()).toEqual(["endpoints.blind", "endpoints.seeing_again"]), patience);
  });
});

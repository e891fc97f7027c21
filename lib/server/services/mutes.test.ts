import { expect, it } from "vitest";

import { hour } from "@/lib/domain/instant";
import type { Person } from "@/lib/server/access/principal";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";

import { muteEndpoint, readMuted, unmuteEndpoint } from "./mutes";
import { openTestContext } from "./testing/context";

const ada: Person = {
  ...{ kind: "person", subject: "password:ada", account: "ada" },
  ...{ role: "viewer", orgs: null, sessionId: "s1" },
};
const endpointId = "acme-one";

it("mutes an endpoint for a while on every instance, and notes who did", async () => {
  const file = newDatabasePath();
  const [ctx, other] = [await openTestContext(file), await openTestContext(file)];
  expect((await readMuted(ctx, { endpointId })).body).toEqual({ mute: null });
  const begun = ctx.clock().at;
  const { mute } = await muteEndpoint(ctx, { person: ada, endpointId, minutes: 60 });
  expect(mute?.by).toBe("ada");
  expect(mute?.until).toBeGreaterThanOrEqual(begun + hour);
  expect((await readMuted(other, { endpointId })).body).toEqual({ mute });
  expect((await readMuted(other, { endpointId: "acme-two" })).body).toEqual({ mute: null });

  expect(await unmuteEndpoint(other, { person: ada, endpointId })).toEqual({ mute: null });
  expect((await readMuted(ctx, { endpointId })).body).toEqual({ mute: null });
  await expect(unmuteEndpoint(ctx, { person: ada, endpointId })).rejects.toThrow("Mute not found");
  const store = await openTestStore(file);
  const deeds = (await store.audit.list({ limit: 9, before: null })).map(({ actor, action }) => [
    actor,
    action,
  ]);
  expect(deeds).toEqual([
    ["ada", "unmuted an endpoint"],
    ["ada", "muted an endpoint"],
  ]);
});

it("a mute that is over is none", async () => {
  const ctx = await openTestContext(newDatabasePath());
  await ctx.history.endpointMutes.put({ endpointId, until: ctx.clock().at - 1, by: "ada" });
  expect((await readMuted(ctx, { endpointId })).body).toEqual({ mute: null });
  expect(await ctx.history.endpointMutes.list(ctx.clock().at)).toEqual([]);
});

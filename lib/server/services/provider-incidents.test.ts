import { expect, it } from "vitest";

import { endpointViewSchema, fleetViewSchema } from "@/lib/contract/endpoint-view";
import type { StatusPage } from "@/lib/domain/incident";
import { minute } from "@/lib/domain/instant";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { readEndpoint } from "./endpoints";
import { readFleet } from "./fleet";
import { openTestContext } from "./testing/context";

const observedAt = 30_000_000 * minute;
const incident = {
  ...{ id: "a", name: "Elevated errors", status: "investigating", impact: "major" },
  ...{ startedAt: observedAt - minute, link: "https://stspg.io/a" },
};
const open: StatusPage = { observedAt, incidents: [incident], cause: null };
const screen = { kind: "screen", screenId: "s", orgs: null, endpointIds: null } as const;

async function openStage() {
  const ctx = await openTestContext(newDatabasePath());
  ctx.endpointStore.of("acme")?.set(newEndpointState("acme-1", 5_000));
  const read = async () => ({
    endpoint: await readEndpoint(ctx, { endpointId: "acme-1" }),
    fleet: await readFleet(ctx, { principal: screen }),
  });
  return { ctx, read };
}

it("is in the answers while an incident is open, once, and names them", async () => {
  const { ctx, read } = await openStage();
  const before = await read();
  expect(before.endpoint.body).not.toHaveProperty("providerIncidents");
  ctx.endpointStore.setStatusPage({ ...open, incidents: [] });
  const quiet = await read();
  expect([quiet.endpoint.etag, quiet.fleet.etag]).toEqual([before.endpoint.etag, before.fleet.etag]);

  ctx.endpointStore.setStatusPage(open);
  const during = await read();
  for (const { bytes, schema, etag, former } of [
    { ...during.endpoint, schema: endpointViewSchema, former: before.endpoint.etag },
    { ...during.fleet, schema: fleetViewSchema, former: before.fleet.etag },
  ]) {
    const sent = schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    expect(sent.providerIncidents).toEqual({ observedAt, incidents: [incident], cause: null });
    expect(etag).not.toBe(former);
  }
  expect(during.fleet.body.endpoints[0]).not.toHaveProperty("providerIncidents");

  ctx.endpointStore.setStatusPage({ ...open, incidents: [] });
  const after = await read();
  expect([after.endpoint.etag, after.fleet.etag]).toEqual([before.endpoint.etag, before.fleet.etag]);
});

it("has another name when viewers should see another age or word, and not before", async () => {
  const { ctx, read } = await openStage();
  const nameWith = async (page: StatusPage) => {
    ctx.endpointStore.setStatusPage(page);
    const { endpoint, fleet } = await read();
    return `${endpoint.etag} ${fleet.etag}`;
  };
  const first = await nameWith(open);
  expect(await nameWith({ ...open, observedAt: observedAt + 1 })).toBe(first);
  const cause = { code: "timed_out", message: "m", since: observedAt, retryAt: 1 } as const;
  const failing = await nameWith({ ...open, cause });
  expect(await nameWith({ ...open, cause: { ...cause, retryAt: 2 } })).toBe(failing);
  const others = await Promise.all([
    nameWith({ ...open, observedAt: observedAt + minute }),
    nameWith({ ...open, incidents: [{ ...incident, status: "monitoring" }] }),
  ]);
  expect(new Set([first, failing, ...others]).size).toBe(4);
});

it("is not there before the page was read, whatever is wrong with it", async () => {
  const { ctx, read } = await openStage();
  const cause = { code: "timed_out", message: "m", since: 1, retryAt: 1 } as const;
  ctx.endpointStore.setStatusPage({ observedAt: null, incidents: [], cause });
  expect((await read()).fleet.body).not.toHaveProperty("providerIncidents");
});

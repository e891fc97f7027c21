import { expect, it } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";

import { systemClock } from "@/lib/server/clock";
import { newEndpointState } from "@/lib/server/state/endpoint-state";
import { createEndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { createPublisher } from "./publisher";

it("tells all again when it is asked to while it tells", async () => {
  const { snapshots, lease } = await openTestStore(newDatabasePath());
  const fencingToken = await lease.take(await lease.read(), "this");
  if (fencingToken === null) throw new Error("The lease is another's.");
  const registry = createEndpointRegistry();
  registry.follow([{ org: "acme" }]);
  const endpointStore = registry.of("acme");
  for (const id of ["kept", "given up"]) endpointStore?.set(newEndpointState(id, 1_000));
  let onTold = () => undefined;
  const publisher = createPublisher({
    snapshots: {
      publish: async (...told) => {
        await snapshots.publish(...told);
        onTold();
      },
    },
    ...{ registry, fencingToken, clock: systemClock, isSaved: () => true },
    log: createLog(
      () => [],
      () => undefined,
    ),
  });
  const names = async () => (await snapshots.readAfter(-1)).map(({ name }) => name);
  onTold = () => {
    endpointStore?.remove("given up");
    publisher.beginAnew();
    onTold = () => undefined;
  };
  await publisher.publish();
  expect(await names()).toContain("given up");
  await publisher.publish();
  expect(await names()).toContain("kept");
  expect(await names()).not.toContain("given up");
});

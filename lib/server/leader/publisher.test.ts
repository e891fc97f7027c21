import { expect, it } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";

import { systemClock } from "@/lib/server/clock";
import { newEndpointState } from "@/lib/server/state/endpoint-state";
import { createEndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { createPublisher } from "./publisher";

it("publishes everything again if beginAgain is called during a publication", async () => {
  const { snapshots, lease } = await openTestStore(newDatabasePath());
  const fencingToken = await lease.take(await lease.read(), "this");
  if (fencingToken === null) throw new Error("Another instance holds the lease.");
  const registry = createEndpointRegistry();
  registry.follow([{ org: "acme" }]);
  const endpointStore = registry.of("acme");
  for (const id of ["kept", "given up"]) endpointStore?.set(newEndpointState(id, 1_000));
  let onPublished = () => undefined;
  const publisher = createPublisher({
    snapshots: {
      publish: async (...published) => {
        await snapshots.publish(...published);
        onPublished();
      },
    },
    ...{ registry, fencingToken, clock: systemClock, isSaved: () => true },
    log: createLog(
      () => [],
      () => undefined,
    ),
  });
  const names = async () => (await snapshots.readAfter(-1)).map(({ name }) => name);
  onPublished = () => {
    endpointStore?.remove("given up");
    publisher.beginAgain();
    onPublished = () => undefined;
  };
  await publisher.publish();
  expect(await names()).toContain("given up");
  await publisher.publish();
  expect(await names()).toContain("kept");
  expect(await names()).not.toContain("given up");
});

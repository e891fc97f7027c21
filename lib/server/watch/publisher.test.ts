import { expect, it } from "vitest";

import { newDatabasePath, openTestStore } from "@/lib/server/history/testing/history-file";
import { createLog } from "@/lib/server/log";

import { systemClock } from "./clock";
import { newMemory } from "./endpoint-memory";
import { createHouse } from "./house";
import { createPublisher } from "./publisher";

it("tells all again when it is asked to while it tells", async () => {
  const { sights, lease } = await openTestStore(newDatabasePath());
  const fence = await lease.take(await lease.read(), "this");
  if (fence === null) throw new Error("The lease is another's.");
  const house = createHouse();
  house.follow([{ org: "acme" }]);
  const board = house.of("acme");
  for (const id of ["kept", "given up"]) board?.set(newMemory(id, 1_000));
  let onTold = () => undefined;
  const publisher = createPublisher({
    sights: {
      publish: async (...told) => {
        await sights.publish(...told);
        onTold();
      },
    },
    ...{ house, fence, clock: systemClock, isSaved: () => true },
    log: createLog(
      () => [],
      () => undefined,
    ),
  });
  const names = async () => (await sights.readAfter(-1)).map(({ name }) => name);
  onTold = () => {
    board?.remove("given up");
    publisher.beginAnew();
    onTold = () => undefined;
  };
  await publisher.publish();
  expect(await names()).toContain("given up");
  await publisher.publish();
  expect(await names()).toContain("kept");
  expect(await names()).not.toContain("given up");
});

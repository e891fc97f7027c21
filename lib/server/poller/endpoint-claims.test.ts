import { describe, expect, it } from "vitest";

import { endpointFacts, firstObservation, recording } from "@/lib/server/db/testing/entries";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";

import { createEndpointStore } from "@/lib/server/state/endpoint-store";
import { systemClock } from "@/lib/server/clock";
import { createClaims } from "./endpoint-claims";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";
import { createStateLoader } from "./state-loader";
import { createHistoryWriter } from "./history-writer";

const id = "acme";
const pollIdle = 1_000;

/** An endpoint in history, and an endpoint store. Each call of `claims` stands for changed settings. */
async function stage() {
  const history = await openTestStore(newDatabasePath());
  await history.write([firstObservation(1_000)]);
  const loader = createStateLoader({ history, interval: pollIdle, clock: systemClock });
  await loader.readOwners();
  const endpointStore = createEndpointStore(false);
  const database = { isFull: false };
  const historyWriter = createHistoryWriter(
    (entries) => (database.isFull ? Promise.reject(new Error("full")) : history.write(entries)),
    () => undefined,
  );
  const claims = (handed?: EndpointState) =>
    createClaims({
      ...{ org: null, endpointIds: [id], endpointStore, loader, historyWriter, clock: systemClock, pollIdle },
      log: createLog(
        () => [],
        () => undefined,
      ),
      isElsewhere: () => false,
      takeOver: () => handed,
      isStopped: () => false,
    });
  return { endpointStore, claims, database, loader, historyWriter };
}

describe("an endpoint that is in the store when the settings change", () => {
  it("is still loaded from history before it is polled", async () => {
    const { endpointStore, claims } = await stage();
    expect(claims().claim(id)).toBe(true);
    const after = claims();
    expect(after.claim(id)).toBe(false);
    expect(after.isLoaded(id)).toBe(false);
    expect(await after.load(id)).toBe(true);
    expect(endpointStore.get(id)?.picture?.facts).toEqual(endpointFacts());
    expect(claims().isLoaded(id)).toBe(true);
  });

  it("keeps the cause and start of its failures if history has nothing about it", async () => {
    const { endpointStore, claims, loader } = await stage();
    const cause = { code: "unreachable" as const, message: "No answer.", since: 500, retryAt: null };
    const failures = { count: 4, cause };
    endpointStore.set({ ...newEndpointState("unseen", pollIdle), failures });
    loader.note("unseen", null);
    expect(await claims().load("unseen")).toBe(true);
    expect(endpointStore.get("unseen")?.failures).toEqual(failures);
  });
});

describe("an endpoint that is handed over", () => {
  it.each([true, false])("keeps what history does not have yet; its database is full: %s", async (isFull) => {
    const { endpointStore, claims, database, historyWriter } = await stage();
    const former = claims();
    former.claim(id);
    await former.load(id);
    const endpointState = endpointStore.get(id);
    if (endpointState?.picture == null) throw new Error("The endpoint has no picture.");
    const facts = endpointFacts({ modelArch: "newer" });
    const handed = { ...endpointState, picture: { ...endpointState.picture, facts } };
    database.isFull = isFull;
    await historyWriter.save([recording(2_000, { endpoint: facts, span: { from: 1_000 } })], 2_000);
    endpointStore.remove(id);
    const after = claims(handed);
    expect(after.claim(id)).toBe(true);
    expect(after.isLoaded(id)).toBe(false);
    expect(await after.load(id)).toBe(true);
    expect(endpointStore.get(id)?.picture?.facts).toEqual(facts);
    expect(after.isLoaded(id)).toBe(true);
  });
});

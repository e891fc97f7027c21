import { describe, expect, it } from "vitest";

import { endpointFacts, firstSight, recording } from "@/lib/server/history/testing/entries";
import { newDatabasePath, openTestStore } from "@/lib/server/history/testing/history-file";
import { createLog } from "@/lib/server/log";

import { createBoard } from "./board";
import { systemClock } from "./clock";
import { createClaims } from "./endpoint-claims";
import { newMemory, type EndpointMemory } from "./endpoint-memory";
import { createMemoryLoader } from "./memory-loader";
import { createSaver } from "./saver";

const id = "acme";
const pollIdle = 1_000;

/** An endpoint that history knows, and a board; each of `claims` is made with the settings of another moment. */
async function stage() {
  const history = await openTestStore(newDatabasePath());
  await history.write([firstSight(1_000)]);
  const loader = createMemoryLoader({ history, interval: pollIdle, clock: systemClock });
  await loader.readOwners();
  const board = createBoard(false);
  const database = { isFull: false };
  const saver = createSaver(
    (entries) => (database.isFull ? Promise.reject(new Error("full")) : history.write(entries)),
    () => undefined,
  );
  const claims = (handed?: EndpointMemory) =>
    createClaims({
      ...{ org: null, endpointIds: [id], board, loader, saver, clock: systemClock, pollIdle },
      log: createLog(
        () => [],
        () => undefined,
      ),
      isElsewhere: () => false,
      takeOver: () => handed,
      isStopped: () => false,
    });
  return { board, claims, database, loader, saver };
}

describe("an endpoint that is on the board when the settings change", () => {
  it("is still loaded from history before it is asked about", async () => {
    const { board, claims } = await stage();
    expect(claims().claim(id)).toBe(true);
    const after = claims();
    expect(after.claim(id)).toBe(false);
    expect(after.isLoaded(id)).toBe(false);
    expect(await after.load(id)).toBe(true);
    expect(board.get(id)?.picture?.facts).toEqual(endpointFacts());
    expect(claims().isLoaded(id)).toBe(true);
  });

  it("keeps since when and why it is blind, where history knows nothing of it", async () => {
    const { board, claims, loader } = await stage();
    const cause = { code: "unreachable" as const, message: "No answer.", since: 500, retryAt: null };
    const failures = { count: 4, cause };
    board.set({ ...newMemory("unseen", pollIdle), failures });
    loader.note("unseen", null);
    expect(await claims().load("unseen")).toBe(true);
    expect(board.get("unseen")?.failures).toEqual(failures);
  });
});

describe("an endpoint that is handed over", () => {
  it.each([true, false])("keeps what history has not taken yet; its database is full: %s", async (isFull) => {
    const { board, claims, database, saver } = await stage();
    const former = claims();
    former.claim(id);
    await former.load(id);
    const memory = board.get(id);
    if (memory?.picture == null) throw new Error("Nothing is known.");
    const facts = endpointFacts({ modelArch: "newer" });
    const handed = { ...memory, picture: { ...memory.picture, facts } };
    database.isFull = isFull;
    await saver.save([recording(2_000, { endpoint: facts, span: { from: 1_000 } })], 2_000);
    board.remove(id);
    const after = claims(handed);
    expect(after.claim(id)).toBe(true);
    expect(after.isLoaded(id)).toBe(false);
    expect(await after.load(id)).toBe(true);
    expect(board.get(id)?.picture?.facts).toEqual(facts);
    expect(after.isLoaded(id)).toBe(true);
  });
});

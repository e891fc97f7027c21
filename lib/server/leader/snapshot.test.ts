import { expect, it } from "vitest";

import { newEndpointState } from "@/lib/server/state/endpoint-state";

import {
  readEndpointSnapshot,
  readListingSnapshot,
  toEndpointState,
  writeEndpointSnapshot,
  writeListingSnapshot,
} from "./snapshot";

/** Two machines whose monotonic clocks differ; the follower read between 200 and 260. */
const now = { at: 1_000, tick: 90_000 };
const window = { earliest: { at: 1_000, tick: 200 }, latest: { at: 1_060, tick: 260 } };
const known = newEndpointState("a", 600_000);

it("tells followers that the listing covers an endpoint, and how old it is at most", () => {
  const hint = { ...known.hint, isProven: true, heldUntil: now.tick - 7_000 };
  const body = writeEndpointSnapshot({ ...known, hint, isCovered: true }, "acme", "1", now);
  const snapshot = readEndpointSnapshot(body);
  if (snapshot === null) throw new Error("The snapshot cannot be read.");
  expect(toEndpointState(known, snapshot, null, window)).toMatchObject({
    isCovered: true,
    hint: { isProven: true, failure: null, heldUntil: 200 - 7_000 },
  });

  const listed = { ids: new Set(["a"]), at: 500, tick: now.tick - 4_000, lasts: 60_000 };
  const nextPoll = { at: 7_000, tick: now.tick + 6_000 };
  const catalog = {
    ...{ org: "acme", modelArch: "qwen", readAt: 900, gone: ["3"], failure: null },
    versions: [{ version: "8", aliases: ["production"], syncStatus: null }],
  };
  const listing = writeListingSnapshot(
    { listing: { listed, failures: null, nextPoll }, stretchedTo: null, catalogs: [catalog] },
    now,
  );
  expect(readListingSnapshot(listing, window)?.catalogs).toEqual([catalog]);
  expect(readListingSnapshot(listing.replace('"gone"', '"lost"'), window)?.catalogs).toEqual([]);
  expect(readListingSnapshot(listing, window)?.listing).toEqual({
    listed: { ...listed, tick: 200 - 4_000 },
    failures: null,
    nextPoll: { at: 7_060, tick: 6_260 },
  });
});

it("reads the snapshots of a former build, which knew no hints", () => {
  const body = writeEndpointSnapshot(known, "acme", "1", now);
  const snapshot = readEndpointSnapshot(body.replace(/"hint":\{[^}]*\},/, ""));
  if (snapshot === null) throw new Error("The snapshot cannot be read.");
  expect(snapshot.hint).toBeUndefined();
  expect(toEndpointState({ ...known, isCovered: true }, snapshot, null, window).isCovered).toBe(false);
});

import { expect, test } from "vitest";

import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";

import type { Answer } from "./polling";
import { applyDelta } from "./apply-delta";

function viewOf(id: string, current: string | null = null): EndpointView {
  return {
    endpoint: { id, org: "acme", modelArch: null, createdAt: null, updatedAt: null },
    current,
    rollouts: [],
    warnings: [],
    freshness: { state: "live", observedAt: null, cause: null },
    watchedSince: null,
    nextPollAt: null,
    build: "b",
  };
}

function answerOf(etag: string, endpoints: EndpointView[], since?: string): Answer<FleetView> {
  const watcher = { state: "watching", message: null, nextPollAt: null } as const;
  const body = {
    endpoints,
    acknowledgements: [],
    watcher,
    build: "b",
    ...(since === undefined ? {} : { since }),
  };
  return { body, etag, age: 0, nextPollIn: 1_000, answeredAt: 0 };
}

const known = answerOf("one", [viewOf("a"), viewOf("b"), viewOf("c")]);

test("changed endpoints are replaced, and the others stay the same objects", () => {
  const taken = applyDelta(known, answerOf("two", [viewOf("b", "d1")], "one"));
  expect(taken.etag).toBe("two");
  expect(taken.body.since).toBeUndefined();
  expect(taken.body.endpoints.map(({ endpoint, current }) => [endpoint.id, current])).toEqual([
    ["a", null],
    ["b", "d1"],
    ["c", null],
  ]);
  expect(taken.body.endpoints[0]).toBe(known.body.endpoints[0]);
  expect(taken.body.endpoints[2]).toBe(known.body.endpoints[2]);
});

test("a whole answer is returned unchanged, and so is an unmodified one", () => {
  const whole = answerOf("two", [viewOf("z")]);
  expect(applyDelta(known, whole)).toBe(whole);
  expect(applyDelta(undefined, whole)).toBe(whole);
  expect(applyDelta(known, known)).toBe(known);
});

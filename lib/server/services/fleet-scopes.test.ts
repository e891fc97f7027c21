import { expect, test, vi } from "vitest";

import { createFleetScopes } from "./fleet-scopes";

test("endpoints are sorted once, and again when one is added or removed", () => {
  const scopes = createFleetScopes<string>();
  const first = scopes.find("all", ["b", "c", "a"]);
  expect(first.order).toEqual([2, 0, 1]);
  expect(scopes.find("all", ["b", "c", "a"])).toBe(first);
  expect(scopes.find("acme", ["b", "c", "a"])).not.toBe(first);
  expect(scopes.find("all", ["b", "a"]).order).toEqual([1, 0]);
});

test("a fleet is not computed again while its parts are unchanged", () => {
  const scopes = createFleetScopes<string>();
  const make = vi.fn(() => "a fleet");
  const view = {};
  for (const parts of [
    [view, "watching"],
    [view, "watching"],
    [view, "blind"],
    [{}, "blind"],
  ])
    scopes.once(scopes.find("all", ["a"]), parts, make);
  expect(make).toHaveBeenCalledTimes(3);
});

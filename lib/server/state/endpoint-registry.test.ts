import { expect, test } from "vitest";

import { newEndpointState } from "./endpoint-state";
import { createEndpointRegistry } from "./endpoint-registry";

function storeOf(registry: ReturnType<typeof createEndpointRegistry>, name: string) {
  const endpointStore = registry.of(name);
  if (endpointStore === undefined) throw new Error(`There is no endpoint store for ${name}.`);
  return endpointStore;
}

const acme = { org: "acme" };
const globex = { org: "globex" };

test("several stores are read as one, and an endpoint in two of them is read from the first", () => {
  const registry = createEndpointRegistry();
  registry.follow([acme, globex, { org: null }]);
  storeOf(registry, "acme").set(newEndpointState("a", 1));
  storeOf(registry, "globex").set(newEndpointState("g", 2));
  storeOf(registry, "globex").set(newEndpointState("a", 2));
  storeOf(registry, "").set(newEndpointState("x", 3));
  expect(registry.all().map(({ endpointId, interval }) => [endpointId, interval])).toEqual([
    ["a", 1],
    ["g", 2],
    ["x", 3],
  ]);
  expect(registry.get("a")?.interval).toBe(1);
  expect(registry.get("nowhere")).toBeUndefined();
  expect(registry.listings().map(({ org }) => org)).toEqual(["acme", "globex"]);
});

test("every change in any store increments the shared revision", () => {
  const registry = createEndpointRegistry();
  registry.follow([acme, globex]);
  const before = registry.revision();
  storeOf(registry, "acme").set(newEndpointState("a", 1));
  storeOf(registry, "globex").set(newEndpointState("g", 1));
  expect(registry.revision()).toBe(before + 2);
  expect(registry.get("g")?.revision).toBe(before + 2);
  storeOf(registry, "globex").retain(() => false);
  expect(registry.revision()).toBe(before + 3);
});

test("an organization that stays keeps its endpoints, and one that is removed loses them", () => {
  const registry = createEndpointRegistry();
  registry.follow([acme, globex]);
  storeOf(registry, "acme").set(newEndpointState("a", 1));
  storeOf(registry, "globex").set(newEndpointState("g", 1));
  registry.follow([globex, { org: "initech" }]);
  expect(registry.all().map(({ endpointId }) => endpointId)).toEqual(["g"]);
  expect(registry.of("acme")).toBeUndefined();
  expect(registry.of("initech")?.all()).toEqual([]);
});

test("the longest stretched interval of all organizations is reported", () => {
  const registry = createEndpointRegistry();
  registry.follow([acme, globex]);
  expect(registry.stretchedTo()).toBeNull();
  storeOf(registry, "acme").setStretchedTo(60_000);
  storeOf(registry, "globex").setStretchedTo(90_000);
  expect(registry.stretchedTo()).toBe(90_000);
});

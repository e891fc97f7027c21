import { expect, test } from "vitest";

import { newMemory } from "./endpoint-memory";
import { createHouse } from "./house";

function boardOf(house: ReturnType<typeof createHouse>, name: string) {
  const board = house.of(name);
  if (board === undefined) throw new Error(`There is no board of ${name}.`);
  return board;
}

const acme = { org: "acme" };
const globex = { org: "globex" };

test("several boards are read as one, and an endpoint of two is the first one's", () => {
  const house = createHouse();
  house.follow([acme, globex, { org: null }]);
  boardOf(house, "acme").set(newMemory("a", 1));
  boardOf(house, "globex").set(newMemory("g", 2));
  boardOf(house, "globex").set(newMemory("a", 2));
  boardOf(house, "").set(newMemory("x", 3));
  expect(house.all().map(({ endpointId, interval }) => [endpointId, interval])).toEqual([
    ["a", 1],
    ["g", 2],
    ["x", 3],
  ]);
  expect(house.get("a")?.interval).toBe(1);
  expect(house.get("nowhere")).toBeUndefined();
  expect(house.listings().map(({ org }) => org)).toEqual(["acme", "globex"]);
});

test("every change of any board is a new revision of all", () => {
  const house = createHouse();
  house.follow([acme, globex]);
  const before = house.revision();
  boardOf(house, "acme").set(newMemory("a", 1));
  boardOf(house, "globex").set(newMemory("g", 1));
  expect(house.revision()).toBe(before + 2);
  expect(house.get("g")?.revision).toBe(before + 2);
  boardOf(house, "globex").retain(() => false);
  expect(house.revision()).toBe(before + 3);
});

test("an organisation that stays keeps what is on its board, and one that goes takes its own away", () => {
  const house = createHouse();
  house.follow([acme, globex]);
  boardOf(house, "acme").set(newMemory("a", 1));
  boardOf(house, "globex").set(newMemory("g", 1));
  house.follow([globex, { org: "initech" }]);
  expect(house.all().map(({ endpointId }) => endpointId)).toEqual(["g"]);
  expect(house.of("acme")).toBeUndefined();
  expect(house.of("initech")?.all()).toEqual([]);
});

test("the longest stretch of any organisation is told", () => {
  const house = createHouse();
  house.follow([acme, globex]);
  expect(house.stretchedTo()).toBeNull();
  boardOf(house, "acme").setStretchedTo(60_000);
  boardOf(house, "globex").setStretchedTo(90_000);
  expect(house.stretchedTo()).toBe(90_000);
});

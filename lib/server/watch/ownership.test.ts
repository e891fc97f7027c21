import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { newMemory } from "./endpoint-memory";
import { createHouse } from "./house";
import { createOwnership } from "./ownership";

const names = ["acme", "globex", "initech"];

type Organization = { org: string; endpointIds: string[] };

function open(organizations: readonly Organization[]) {
  const house = createHouse();
  house.follow(organizations);
  const sources = organizations.map((organization) => ({ organization }));
  const { isElsewhere } = createOwnership(() => sources, house);
  const boardOf = (org: string) => {
    const board = house.of(org);
    if (board === undefined) throw new Error(`There is no board of ${org}.`);
    return board;
  };
  const mayWatch = () => organizations.map(({ org }) => org).filter((org) => !isElsewhere("x", org));
  return { mayWatch, boardOf };
}

const list = (...ids: string[]) => ({ listed: { ids: new Set(ids), at: 0 }, failures: null, nextPoll: null });

describe("the owner of an endpoint", () => {
  it("is whoever names it, in every order and whoever has it", () => {
    const everyOrder = fc.shuffledSubarray(names, { minLength: names.length });
    fc.assert(
      fc.property(
        everyOrder,
        fc.constantFrom(...names),
        fc.subarray(names),
        fc.subarray(names),
        (order, namer, held, listing) => {
          const { mayWatch, boardOf } = open(
            order.map((org) => ({ org, endpointIds: org === namer ? ["x"] : [] })),
          );
          for (const org of held) boardOf(org).set(newMemory("x", 1));
          for (const org of listing) boardOf(org).setListing(list("x"));
          expect(mayWatch()).toEqual([namer]);
        },
      ),
    );
  });

  it("is whoever has it where nobody names it, until its listing lacks it", () => {
    const { mayWatch, boardOf } = open(names.map((org) => ({ org, endpointIds: [] })));
    expect(mayWatch()).toEqual(names);
    boardOf("globex").set(newMemory("x", 1));
    expect(mayWatch()).toEqual(["globex"]);
    boardOf("globex").setListing(list("x"));
    expect(mayWatch()).toEqual(["globex"]);
    boardOf("globex").setListing(list("y"));
    expect(mayWatch()).toEqual(names);
  });
});

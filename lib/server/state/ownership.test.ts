import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { newEndpointState } from "./endpoint-state";
import { createEndpointRegistry } from "./endpoint-registry";
import { createOwnership } from "./ownership";

const names = ["acme", "globex", "initech"];

type Organization = { org: string; endpointIds: string[] };

function open(organizations: readonly Organization[]) {
  const registry = createEndpointRegistry();
  registry.follow(organizations);
  const monitors = organizations.map((organization) => ({ organization }));
  const { isElsewhere } = createOwnership(() => monitors, registry);
  const storeOf = (org: string) => {
    const endpointStore = registry.of(org);
    if (endpointStore === undefined) throw new Error(`There is no endpoint store for ${org}.`);
    return endpointStore;
  };
  const mayWatch = () => organizations.map(({ org }) => org).filter((org) => !isElsewhere("x", org));
  return { mayWatch, storeOf };
}

const list = (...ids: string[]) => ({
  listed: { ids: new Set(ids), at: 0, tick: 0, lasts: 0 },
  failures: null,
  nextPoll: null,
});

describe("the owner of an endpoint", () => {
  it("is the organization that names it, in every order and with every current owner", () => {
    const everyOrder = fc.shuffledSubarray(names, { minLength: names.length });
    fc.assert(
      fc.property(
        everyOrder,
        fc.constantFrom(...names),
        fc.subarray(names),
        fc.subarray(names),
        (order, namer, held, listing) => {
          const { mayWatch, storeOf } = open(
            order.map((org) => ({ org, endpointIds: org === namer ? ["x"] : [] })),
          );
          for (const org of held) storeOf(org).set(newEndpointState("x", 1));
          for (const org of listing) storeOf(org).setListing(list("x"));
          expect(mayWatch()).toEqual([namer]);
        },
      ),
    );
  });

  it("is the organization that has it if none names it, until its listing lacks it", () => {
    const { mayWatch, storeOf } = open(names.map((org) => ({ org, endpointIds: [] })));
    expect(mayWatch()).toEqual(names);
    storeOf("globex").set(newEndpointState("x", 1));
    expect(mayWatch()).toEqual(["globex"]);
    storeOf("globex").setListing(list("x"));
    expect(mayWatch()).toEqual(["globex"]);
    storeOf("globex").setListing(list("y"));
    expect(mayWatch()).toEqual(names);
  });
});

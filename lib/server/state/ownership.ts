import "server-only";

import type { Organization } from "@/lib/server/config/organization";

import type { EndpointStore } from "./endpoint-store";
import { organizationName, type EndpointRegistry } from "./endpoint-registry";

type Named = { organization: Pick<Organization, "org" | "endpointIds"> };

/**
 * Which organization an endpoint belongs to: the one that names it in the settings; otherwise the one that has it
 * already, unless its listing lacks it; otherwise the first that lists it. The order in the settings file is irrelevant.
 */
export function createOwnership(
  monitors: () => readonly Named[],
  registry: Pick<EndpointRegistry, "endpointStores">,
) {
  let known: readonly Named[] = [];
  let namers = new Map<string, string>();

  function namerOf(endpointId: string): string | undefined {
    if (known !== monitors()) {
      known = monitors();
      namers = new Map(
        known.flatMap(({ organization }) =>
          organization.endpointIds.map((named) => [named, organizationName(organization)]),
        ),
      );
    }
    return namers.get(endpointId);
  }

  return {
    /** Whether an endpoint belongs to another organization. */
    isElsewhere: (endpointId: string, organization: string): boolean => {
      const namer = namerOf(endpointId);
      if (namer !== undefined) return namer !== organization;
      return registry
        .endpointStores()
        .some(
          ([name, endpointStore]) =>
            name !== organization &&
            endpointStore.get(endpointId) !== undefined &&
            !lacks(endpointStore, endpointId),
        );
    },
  };
}

/** Whether a listing came and the endpoint was not in it. */
function lacks(endpointStore: EndpointStore, endpointId: string): boolean {
  const listed = endpointStore.listing()?.listed ?? null;
  return listed !== null && !listed.ids.has(endpointId);
}

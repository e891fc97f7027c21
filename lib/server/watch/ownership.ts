import "server-only";

import type { Organization } from "@/lib/server/config/organization";

import type { Board } from "./board";
import type { House } from "./house";
import { sourceName } from "./source-name";

type Named = { organization: Pick<Organization, "org" | "endpointIds"> };

/**
 * Which organization an endpoint is watched for: the one that names it in the settings. Where none does, it is the
 * one that has it already and whose listing does not lack it; then the first that lists it. The order of the
 * settings file means nothing.
 */
export function createOwnership(sources: () => readonly Named[], house: Pick<House, "boards">) {
  let known: readonly Named[] = [];
  let namers = new Map<string, string>();

  function namerOf(endpointId: string): string | undefined {
    if (known !== sources()) {
      known = sources();
      namers = new Map(
        known.flatMap(({ organization }) =>
          organization.endpointIds.map((named) => [named, sourceName(organization)]),
        ),
      );
    }
    return namers.get(endpointId);
  }

  return {
    /** Whether an endpoint is not this organization's to watch, because it is another's. */
    isElsewhere: (endpointId: string, source: string): boolean => {
      const namer = namerOf(endpointId);
      if (namer !== undefined) return namer !== source;
      return house
        .boards()
        .some(
          ([name, board]) =>
            name !== source && board.get(endpointId) !== undefined && !lacks(board, endpointId),
        );
    },
  };
}

/** Whether a listing came and the endpoint was not in it. */
function lacks(board: Board, endpointId: string): boolean {
  const listed = board.listing()?.listed ?? null;
  return listed !== null && !listed.ids.has(endpointId);
}

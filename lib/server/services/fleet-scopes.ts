import "server-only";

import { LRUCache } from "lru-cache";

import { createFleetVersions } from "./fleet-versions";

/** What viewers with the same access may see, and what was made for them once. */
type FleetScope<T> = {
  ids: readonly string[];
  /** Indices into `ids`, in the order of the ids. */
  order: readonly number[];
  versions: ReturnType<typeof createFleetVersions>;
  newest: { parts: readonly unknown[]; fleet: T } | null;
};

const mostScopes = 100;

/** Remembers for each access the order of its endpoints and the newest fleet, so that neither is made again. */
export function createFleetScopes<T>(most = mostScopes) {
  const scopes = new LRUCache<string, FleetScope<T>>({ max: most });
  return {
    /** The scope of an access; a new one when its endpoints are others than before. */
    find: (access: string, ids: readonly string[]): FleetScope<T> => {
      const known = scopes.get(access);
      if (known !== undefined && isSame(known.ids, ids)) return known;
      const order = [...ids.entries()].toSorted(([, a], [, b]) => a.localeCompare(b)).map(([index]) => index);
      const scope = { ids, order, versions: createFleetVersions(), newest: null };
      scopes.set(access, scope);
      return scope;
    },
    /** The fleet that these parts make: the newest where every part is the same object or value, else a new one. */
    once: (scope: FleetScope<T>, parts: readonly unknown[], make: () => T): T => {
      if (scope.newest !== null && isSame(scope.newest.parts, parts)) return scope.newest.fleet;
      const fleet = make();
      scope.newest = { parts, fleet };
      return fleet;
    },
  };
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

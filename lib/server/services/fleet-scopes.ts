import "server-only";

import { LRUCache } from "lru-cache";

/** What viewers with the same access may see, and the fleet last made for them. */
type FleetScope<T> = {
  ids: readonly string[];
  /** Indices into `ids`, in the order of the ids. */
  order: readonly number[];
  versions: ReturnType<typeof createFleetVersions>;
  newest: { parts: readonly unknown[]; fleet: T } | null;
};

const mostScopes = 100;

/** Keeps the order of the endpoints and the newest fleet for each scope of access. */
export function createFleetScopes<T>(most = mostScopes) {
  const scopes = new LRUCache<string, FleetScope<T>>({ max: most });
  return {
    /** The scope of an access; a new one if its endpoints have changed. */
    find: (access: string, ids: readonly string[]): FleetScope<T> => {
      const known = scopes.get(access);
      if (known !== undefined && isSame(known.ids, ids)) return known;
      const order = [...ids.entries()].toSorted(([, a], [, b]) => a.localeCompare(b)).map(([index]) => index);
      const scope = { ids, order, versions: createFleetVersions(), newest: null };
      scopes.set(access, scope);
      return scope;
    },
    /** The newest fleet if it was made of the very same parts, or else a new one. */
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

/** At 50 changes per second this covers 40 s, and viewers poll at least every 15 s. */
const mostVersions = 2_000;

/**
 * Which endpoints of a fleet changed since a viewer's answer. Each content of the fleet has a version number, and
 * each endpoint the version in which it changed last, so a former content costs a name and a number.
 */
export function createFleetVersions(most = mostVersions) {
  const versions = new Map<string, number>();
  let version = 0;
  let newest: string | null = null;
  let tags: readonly string[] = [];
  let changedIn: readonly number[] = [];
  return {
    /** Takes the newest content: its name, and the names of its endpoints, always in the same order. */
    note: (name: string, next: readonly string[]): void => {
      if (name === newest) return;
      version += 1;
      changedIn = next.map((tag, index) => (tag === tags[index] ? (changedIn[index] ?? version) : version));
      tags = next;
      newest = name;
      versions.delete(name);
      versions.set(name, version);
      const [oldest] = versions.keys();
      if (versions.size > most && oldest !== undefined) versions.delete(oldest);
    },
    /** Whether the endpoint at an index changed since the content of that name; null if that is no longer known. */
    changedSince: (name: string): ((index: number) => boolean) | null => {
      const since = versions.get(name);
      return since === undefined ? null : (index) => (changedIn[index] ?? version) > since;
    },
  };
}

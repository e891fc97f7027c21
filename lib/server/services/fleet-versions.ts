import "server-only";

/** Names of contents that are kept: at 50 changes a second those of 40 s, and viewers ask at least every 15 s. */
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
    /** Whether the endpoint at an index changed since the content of that name; null where it is forgotten. */
    changedSince: (name: string): ((index: number) => boolean) | null => {
      const since = versions.get(name);
      return since === undefined ? null : (index) => (changedIn[index] ?? version) > since;
    },
  };
}

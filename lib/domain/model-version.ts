import type { Cause } from "./cause";
import type { Instant } from "./instant";
import { latestObservation, startOrder, type Rollout } from "./rollout";

/** A version of a model as the API describes it. Null: not reported. */
export type ModelVersion = {
  /** The integer that names it. */
  version: string;
  aliases: readonly string[] | null;
  /** The API's own word for whether its weights are there; `done` once they are. */
  syncStatus: string | null;
};

/** What the API said last about the versions of one architecture that are in use. */
export type VersionCatalog = {
  org: string;
  modelArch: string;
  readAt: Instant;
  versions: readonly ModelVersion[];
  /** Versions that it does not know any more, while it knows others. */
  gone: readonly string[];
  /** Why nothing is known; null if something is. */
  failure: Cause | null;
};

type ModelPath = { org: string; modelArch: string; version: string };

/** `orgs/<org>/models/<arch>/versions/<n>`, of characters that need no quoting in a shell; null for anything else. */
export function parseModelPath(model: string | null): ModelPath | null {
  const [, org, modelArch, version] =
    /^orgs\/([\w.-]+)\/models\/([\w.-]+)\/versions\/(\d+)$/.exec(model ?? "") ?? [];
  return org === undefined || modelArch === undefined || version === undefined
    ? null
    : { org, modelArch, version };
}

/** The alias that a deployment was requested with; null if it was a number, or is not reported. */
export function aliasOf({ facts }: Rollout): string | null {
  const { versionAlias } = facts;
  return versionAlias !== null && /^[a-z][a-zA-Z0-9-]{0,126}[a-z0-9]$/.test(versionAlias)
    ? versionAlias
    : null;
}

/** The newest listed rollout, and the newest older one that was done with another version. Null: there is none. */
export function findCurrentAndLastGood(rollouts: readonly Rollout[]): {
  current: Rollout | null;
  lastGood: Rollout | null;
} {
  const newestFirst = rollouts.toSorted((one, other) => startOrder(other.facts) - startOrder(one.facts));
  const current = newestFirst.find(({ facts }) => facts.removed === null) ?? null;
  const model = parseModelPath(current?.facts.model ?? null);
  if (current === null || model === null) return { current, lastGood: null };
  const lastGood = newestFirst.slice(newestFirst.indexOf(current) + 1).find((rollout) => {
    const other = parseModelPath(rollout.facts.model);
    const { status, updatedReplicas, totalReplicas } = latestObservation(rollout).state;
    const isWhole = (updatedReplicas ?? Infinity) >= (totalReplicas ?? 0);
    return (
      status === "done" &&
      isWhole &&
      other !== null &&
      isOfSameModel(other, model) &&
      other.version !== model.version
    );
  });
  return { current, lastGood: lastGood ?? null };
}

function isOfSameModel(one: ModelPath, other: ModelPath): boolean {
  return one.org === other.org && one.modelArch === other.modelArch;
}

/** An alias that names another version now than the one that was deployed with it. */
export type MovedAlias = { alias: string; then: string; now: string };

/** Whether the alias of a deployment has moved since; null if it has not, or if that was not seen. */
export function findMovedAlias(rollout: Rollout, { versions }: VersionCatalog): MovedAlias | null {
  const alias = aliasOf(rollout);
  const deployed = parseModelPath(rollout.facts.model);
  if (alias === null || deployed === null) return null;
  const [now, ...others] = versions.filter(({ aliases }) => aliases?.includes(alias) === true);
  if (now === undefined || others.length > 0 || now.version === deployed.version) return null;
  return { alias, then: deployed.version, now: now.version };
}

/** `available`: there and synced. `not_synced`: there, with another sync status. `unknown`: there, without one. */
export type Availability = "available" | "not_synced" | "gone" | "unknown";

/** Whether a version is there to be deployed; null if the API said nothing about it. */
export function findAvailability(
  version: string,
  { versions, gone }: VersionCatalog,
): { availability: Availability; syncStatus: string | null } | null {
  if (gone.includes(version)) return { availability: "gone", syncStatus: null };
  const found = versions.find((each) => each.version === version);
  if (found === undefined) return null;
  const { syncStatus } = found;
  const availability = syncStatus === null ? "unknown" : syncStatus === "done" ? "available" : "not_synced";
  return { availability, syncStatus };
}

import "server-only";

import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Freshness } from "@/lib/domain/freshness";
import {
  findAvailability,
  findCurrentAndLastGood,
  findMovedAlias,
  parseModelPath,
  type VersionCatalog,
} from "@/lib/domain/model-version";
import type { Habit } from "@/lib/domain/past-rollout";
import {
  hasEnded,
  latestObservation,
  startOrder,
  toNewestRolloutsFirst,
  type Rollout,
} from "@/lib/domain/rollout";
import { buildId } from "@/lib/server/build-id";
import type { EndpointState, EndpointPicture } from "@/lib/server/state/endpoint-state";

import { noConclusions, toConclusionsByDeployment } from "./conditions-of";
import { toListedView, toRolloutView, toWarningView } from "./to-rollout-view";

/** Ended rollouts in one view; the list of rollouts has all of them. */
const mostEnded = 10;

/**
 * The view of one endpoint, the same for every viewer. `habit` is how its rollouts usually go. `ownWarnings` are added to the warnings about the upstream's
 * replies. `isMeasured`: what callers feel is measured.
 */
export function toEndpointView(
  endpointState: EndpointState,
  freshness: Freshness,
  ownWarnings: EndpointView["warnings"],
  habit: Habit,
  { catalog = null, isMeasured = false }: { catalog?: VersionCatalog | null; isMeasured?: boolean } = {},
): EndpointView {
  const { picture } = endpointState;
  const rollouts = picture === null ? [] : toRolloutViews(picture, habit);
  return {
    endpoint: {
      id: endpointState.endpointId,
      org: picture?.facts.org ?? null,
      modelArch: picture?.facts.modelArch ?? null,
      createdAt: picture?.facts.createdAt ?? null,
      updatedAt: picture?.facts.updatedAt ?? null,
    },
    current:
      rollouts.find(({ noLongerReportedSince }) => noLongerReportedSince === null)?.deploymentId ?? null,
    rollouts,
    warnings: [...(picture?.facts.warnings.map(toWarningView) ?? []), ...ownWarnings],
    freshness,
    ...toVersions(picture, catalog),
    watchedSince: picture?.span.from ?? null,
    ...(isMeasured ? { hasTraffic: true } : {}),
    nextPollAt: endpointState.nextPoll?.at ?? null,
    build: buildId,
  };
}

/** What the API says about the versions behind the current rollout; nothing where it says nothing. */
function toVersions(
  picture: EndpointPicture | null,
  catalog: VersionCatalog | null,
): Pick<EndpointView, "versions"> {
  if (picture === null || catalog === null || catalog.failure !== null) return {};
  const { current, lastGood } = findCurrentAndLastGood(picture.rollouts);
  if (current === null) return {};
  return {
    versions: {
      readAt: catalog.readAt,
      movedAlias: findMovedAlias(current, catalog),
      lastGood: lastGood === null ? null : toLastGood(lastGood, catalog),
    },
  };
}

function toLastGood(
  { facts }: Rollout,
  catalog: VersionCatalog,
): NonNullable<EndpointView["versions"]>["lastGood"] {
  const version = parseModelPath(facts.model)?.version;
  const found = version === undefined ? null : findAvailability(version, catalog);
  if (found === null || version === undefined || facts.model === null) return null;
  return { deploymentId: facts.deploymentId, version, model: facts.model, ...found };
}

function toRolloutViews(picture: EndpointPicture, habit: Habit): RolloutView[] {
  const { rollouts } = picture;
  const newestFirst = toNewestRolloutsFirst(rollouts);
  const conclusions = toConclusionsByDeployment(picture, habit);
  const shown = newestFirst.filter(toIsShown(newestFirst));
  const current = shown.find(({ facts }) => facts.removed === null) ?? shown[0];
  return shown.map((rollout) => {
    const { facts } = rollout;
    const concluded = conclusions.get(facts.deploymentId) ?? noConclusions;
    const view = toRolloutView(facts, latestObservation(rollout), concluded);
    return rollout === current || !hasEnded(rollout) ? view : toListedView(view);
  });
}

/**
 * Selects the rollouts that replies list (of the ended ones, the newest), and those that disappeared before their end
 * if nothing newer is listed.
 */
function toIsShown(newestFirst: readonly Rollout[]): (rollout: Rollout) => boolean {
  const newestListed = newestFirst.find(({ facts }) => facts.removed === null);
  const ended = newestFirst.filter((rollout) => rollout.facts.removed === null && hasEnded(rollout));
  const shownEnded = new Set(ended.slice(0, mostEnded));
  return (rollout) => {
    if (rollout.facts.removed === null) return !hasEnded(rollout) || shownEnded.has(rollout);
    return newestListed === undefined
      ? rollout === newestFirst[0]
      : !hasEnded(rollout) && startOrder(rollout.facts) > startOrder(newestListed.facts);
  };
}

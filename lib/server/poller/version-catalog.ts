import "server-only";

import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { Instant } from "@/lib/domain/instant";
import {
  aliasOf,
  findCurrentAndLastGood,
  parseModelPath,
  type ModelVersion,
  type VersionCatalog,
} from "@/lib/domain/model-version";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

/** The versions and aliases of one architecture that its endpoints' current and last good rollouts use. */
export type VersionsInUse = {
  org: string;
  modelArch: string;
  references: readonly string[];
  deployments: ReadonlySet<string>;
};

/** What is in use, by architecture. Deployments whose model is not named as documented are left out. */
export function findVersionsInUse(endpointStates: readonly EndpointState[]): VersionsInUse[] {
  const found = new Map<
    string,
    { org: string; modelArch: string; references: Set<string>; deployments: Set<string> }
  >();
  for (const { picture } of endpointStates) {
    const { current, lastGood } = findCurrentAndLastGood(picture?.rollouts ?? []);
    const model = parseModelPath(current?.facts.model ?? null);
    if (current === null || model === null || picture?.facts.removedSince != null) continue;
    const { org, modelArch, version } = model;
    if (!isEndpointId(org) || !isEndpointId(modelArch)) continue;
    const name = `${org} ${modelArch}`;
    const inUse = found.get(name) ?? { org, modelArch, references: new Set(), deployments: new Set() };
    const good = parseModelPath(lastGood?.facts.model ?? null);
    for (const reference of [version, good?.version, aliasOf(current)])
      if (reference != null) inUse.references.add(reference);
    inUse.deployments.add(current.facts.deploymentId);
    found.set(name, inUse);
  }
  return [...found.values()].map((inUse) => ({ ...inUse, references: [...inUse.references] }));
}

type Answers = {
  listed: readonly ModelVersion[] | UpstreamFailure;
  /** By the version or alias that was asked for. */
  singles: ReadonlyMap<string, ModelVersion | UpstreamFailure>;
  readAt: Instant;
  former: VersionCatalog | null;
};

/**
 * What the answers say about the versions in use. A version is gone only if it was not found while others were: where
 * nothing is found, the API may not offer versions at all. An outage leaves what was known before.
 */
export function toCatalog(
  { org, modelArch, references }: VersionsInUse,
  { listed, singles, readAt, former }: Answers,
): VersionCatalog {
  const known = new Map<string, ModelVersion>();
  const note = (version: ModelVersion) => {
    const other = known.get(version.version);
    const aliases = [...new Set([...(other?.aliases ?? []), ...(version.aliases ?? [])])];
    const hasAliases = version.aliases !== null || (other?.aliases ?? null) !== null;
    known.set(version.version, {
      version: version.version,
      aliases: hasAliases ? aliases : null,
      syncStatus: version.syncStatus ?? other?.syncStatus ?? null,
    });
  };
  const failures: UpstreamFailure[] = [];
  if (listed instanceof UpstreamFailure) failures.push(listed);
  else listed.forEach(note);
  const missing: string[] = [];
  for (const [reference, answer] of singles) {
    if (!(answer instanceof UpstreamFailure)) note(answer);
    else if (answer.code === "not_found") missing.push(reference);
    else failures.push(answer);
  }
  const isAnything = known.size > 0;
  const [failure] = failures;
  if (!isAnything && former !== null && failure !== undefined && isPassing(failure)) return former;
  const used = new Set(references);
  return {
    ...{ org, modelArch, readAt },
    versions: [...known.values()].filter(
      ({ version, aliases }) => used.has(version) || aliases?.some((alias) => used.has(alias)) === true,
    ),
    gone: isAnything ? missing.filter((reference) => /^\d+$/.test(reference) && !known.has(reference)) : [],
    failure: isAnything ? null : toCause(failure),
  };
}

/** Whether a failure says nothing about whether the API offers versions. */
function isPassing({ code }: UpstreamFailure): boolean {
  return code !== "not_found" && code !== "key_lacks_access" && code !== "unreadable_reply";
}

function toCause(failure: UpstreamFailure | undefined): VersionCatalog["failure"] {
  return failure === undefined
    ? { code: "not_found", message: "Cerebras lists no version of this model." }
    : { code: failure.code, message: failure.message };
}

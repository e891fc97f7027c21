import { isJsonObject, toText } from "../json";
import { seededUuid } from "../random";
import type { Simulation } from "../simulation";
import type { VersionChange } from "../version-changes";
import type { Answer } from "./answer";
import { json, problem } from "./answer";

/** A model version, as known from the deployments of an organization. */
export type KnownVersion = {
  readonly arch: string;
  readonly version: number;
  readonly aliases: readonly string[];
  readonly syncStatus: string;
};

const MODEL_PATH = /^orgs\/([^/]+)\/models\/([^/]+)\/versions\/(\d+)$/;

/** GET /management/v1/orgs/{org}/models */
export function modelArchitectures(simulation: Simulation, [org = ""]: readonly string[]): Answer {
  const { world } = simulation;
  if (!world.hasOrg(org)) return problem(404, `Organization '${org}' not found`);
  const architectures = world.endpoints().flatMap((one) => (one.org === org ? [one.arch] : []));
  return json({ model_architectures: [...new Set(architectures)].sort() });
}

/** GET /management/v1/orgs/{org}/models/{arch}/versions */
export function modelVersions(simulation: Simulation, [org = "", arch = ""]: readonly string[]): Answer {
  const versions = knownVersions(simulation, org).filter((one) => one.arch === arch);
  if (versions.length === 0) return problem(404, `Model '${arch}' not found`);
  return json({ model_versions: versions.map((one) => toWire(org, one)) });
}

/** GET /management/v1/orgs/{org}/models/{arch}/versions/{version or alias} */
export function modelVersion(
  simulation: Simulation,
  [org = "", arch = "", name = ""]: readonly string[],
): Answer {
  const known = findVersion(simulation, org, arch, name);
  return known === undefined ? problem(404, `Model version '${name}' not found`) : json(toWire(org, known));
}

/** The version that an integer or an alias names. */
export function findVersion(
  simulation: Simulation,
  org: string,
  arch: string,
  name: string,
): KnownVersion | undefined {
  return knownVersions(simulation, org).find(
    (one) => one.arch === arch && (String(one.version) === name || one.aliases.includes(name)),
  );
}

/** Those of the deployments, with the changes made by hand. */
function knownVersions(simulation: Simulation, org: string): KnownVersion[] {
  const deployed = deployedVersions(simulation, org);
  return [...new Set(deployed.map(({ arch }) => arch))]
    .flatMap((arch) => {
      const own = deployed.filter((one) => one.arch === arch);
      const change = simulation.versionChanges.get(org, arch);
      return change === undefined ? own : changeVersions(arch, own, change);
    })
    .sort((one, other) => one.version - other.version);
}

function changeVersions(
  arch: string,
  versions: readonly KnownVersion[],
  { aliases, gone, syncStatus }: VersionChange,
): KnownVersion[] {
  const numbers = new Set([...versions.map(({ version }) => version), ...Object.values(aliases)]);
  return [...numbers]
    .filter((version) => !gone.includes(version))
    .map((version) => {
      const kept = versions.find((one) => one.version === version)?.aliases ?? [];
      const moved = Object.keys(aliases).filter((alias) => aliases[alias] === version);
      return {
        ...{ arch, version, syncStatus: syncStatus[version] ?? "done" },
        aliases: [...kept.filter((alias) => aliases[alias] === undefined), ...moved],
      };
    });
}

function deployedVersions({ world, clock }: Simulation, org: string): KnownVersion[] {
  const found = new Map<string, KnownVersion>();
  for (const endpoint of world.endpoints()) {
    for (const wire of world.wireDeployments(endpoint, clock.now())) {
      const model = isJsonObject(wire) ? toText(wire["model"]) : "";
      const [, modelOrg, arch, version] = MODEL_PATH.exec(model) ?? [];
      if (modelOrg !== org || arch === undefined || version === undefined || !isJsonObject(wire)) continue;
      const known = found.get(model) ?? { arch, version: Number(version), aliases: [], syncStatus: "done" };
      const alias = wire["version_alias"];
      const isNew = typeof alias === "string" && alias !== version && !known.aliases.includes(alias);
      found.set(model, isNew ? { ...known, aliases: [...known.aliases, alias] } : known);
    }
  }
  return [...found.values()];
}

function toWire(org: string, { arch, version, aliases, syncStatus }: KnownVersion): object {
  const name = `orgs/${org}/models/${arch}/versions/${version}`;
  return {
    name,
    done: true,
    response: {
      customer_s3_uri: `s3://${org}-weights/${arch}/${version}/`,
      version_aliases: aliases,
      sync_status: syncStatus,
      system_fingerprint_suffix: seededUuid(name).slice(0, 8),
    },
  };
}

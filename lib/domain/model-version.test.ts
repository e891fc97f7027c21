import { describe, expect, it } from "vitest";

import {
  findAvailability,
  findCurrentAndLastGood,
  findMovedAlias,
  type ModelVersion,
  parseModelPath,
  type VersionCatalog,
} from "./model-version";
import type { Rollout, RolloutFacts } from "./rollout";
import { observation, rollout } from "./testing/rollouts";

function deployed(
  version: number,
  status: "done" | "error" | "in_progress" | "rolled_back",
  changes: Partial<RolloutFacts> & { updatedReplicas?: number } = {},
): Rollout {
  const { updatedReplicas = 12, ...facts } = changes;
  return rollout([observation(version * 1_000, { status, updatedReplicas })], {
    deploymentId: `d${version}`,
    model: `orgs/acme/models/m/versions/${version}`,
    version: String(version),
    createdAt: version * 1_000,
    ...facts,
  });
}

function catalog(versions: ModelVersion[], gone: string[] = []): VersionCatalog {
  return { org: "acme", modelArch: "m", readAt: 0, versions, gone, failure: null };
}

const version = (number: string, aliases: string[] | null = null, syncStatus: string | null = null) => ({
  ...{ version: number, aliases, syncStatus },
});

describe("the path of a model", () => {
  it.each([
    [null],
    ["orgs/acme/models/m/versions/production"],
    ["orgs/a b/models/m/versions/1"],
    ["orgs/acme/models/m/versions/1; rm"],
    ["orgs/acme/models/$(x)/versions/1"],
    ["models/m/versions/1"],
  ])("is not read from %j", (model) => {
    expect(parseModelPath(model)).toBeNull();
  });
});

describe("the last good rollout", () => {
  const good = (rollouts: Rollout[]) => findCurrentAndLastGood(rollouts).lastGood?.facts.deploymentId ?? null;
  const failed = deployed(9, "error");

  it.each<[string, Rollout[], string | null]>([
    [
      "the newest older one that was done",
      [deployed(6, "done"), failed, deployed(8, "error"), deployed(7, "done")],
      "d7",
    ],
    [
      "one that is no longer listed",
      [failed, deployed(7, "done", { removed: { since: 1, lastSeenAt: 1 } })],
      "d7",
    ],
    [
      "none without an older one",
      [failed, deployed(10, "done", { removed: { since: 1, lastSeenAt: 1 } })],
      null,
    ],
    ["none that was only partly updated", [failed, deployed(7, "done", { updatedReplicas: 5 })], null],
    ["none of the same version", [failed, deployed(7, "done", { model: failed.facts.model })], null],
    [
      "none of another architecture",
      [failed, deployed(7, "done", { model: "orgs/acme/models/n/versions/7" })],
      null,
    ],
    [
      "none whose version is an alias",
      [failed, deployed(7, "done", { model: "orgs/acme/models/m/versions/x" })],
      null,
    ],
  ])("is %s", (_, rollouts, expected) => {
    expect(good(rollouts)).toBe(expected);
  });
});

describe("an alias", () => {
  const current = deployed(7, "done", { versionAlias: "production" });

  it("has moved if it names another version today", () => {
    const versions = [version("7", []), version("9", ["production"])];
    expect(findMovedAlias(current, catalog(versions))).toEqual({ alias: "production", then: "7", now: "9" });
  });

  it.each<[string, Rollout, ModelVersion[]]>([
    ["it names the same version", current, [version("7", ["production"])]],
    ["no version has it", current, [version("7", []), version("9", null)]],
    ["two versions have it", current, [version("8", ["production"]), version("9", ["production"])]],
    ["a number was deployed", deployed(7, "done", { versionAlias: "7" }), [version("9", ["7"])]],
    [
      "it is unknown what was deployed",
      deployed(7, "done", { versionAlias: "production", model: "orgs/acme/models/m/versions/production" }),
      [version("9", ["production"])],
    ],
  ])("has not, as far as was seen, if %s", (_, deployment, versions) => {
    expect(findMovedAlias(deployment, catalog(versions))).toBeNull();
  });
});

it("a version is available only if the API says that it is synced", () => {
  const known = catalog([version("1", [], "done"), version("2", [], "syncing"), version("3")], ["4"]);
  const of = (number: string) => findAvailability(number, known);
  expect(of("1")).toEqual({ availability: "available", syncStatus: "done" });
  expect(of("2")).toEqual({ availability: "not_synced", syncStatus: "syncing" });
  expect(of("3")).toEqual({ availability: "unknown", syncStatus: null });
  expect(of("4")).toEqual({ availability: "gone", syncStatus: null });
  expect(of("5")).toBeNull();
});

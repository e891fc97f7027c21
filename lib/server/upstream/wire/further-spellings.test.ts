import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { deploymentFields, type DeploymentField, type FurtherSpellings } from "@/lib/domain/field-use";

import { extendSpellings, fieldSpellings } from "./fields";
import { parseEndpoint } from "./reply";

const now = Date.UTC(2026, 0, 12, 17, 0);

function read(deployment: object, further: FurtherSpellings = {}) {
  const json: unknown = JSON.parse(JSON.stringify({ name: "acme", deployed_models: [deployment] }));
  const { report, ...rest } = parseEndpoint(json, "acme", now, extendSpellings(further));
  return { ...rest, deployment: report.deployments[0] };
}

function sourceOf(deployment: object, field: DeploymentField, further: FurtherSpellings = {}) {
  const source = read(deployment, further).fieldUse?.sources.find((each) => each.field === field);
  return { spellings: source?.spellings, isNull: source?.isNull, ignored: source?.ignored };
}

describe("further names of fields", () => {
  it("are read, also one object down", () => {
    const further: FurtherSpellings = {
      updatedReplicas: ["rollout.updated"],
      totalReplicas: ["replicas"],
      status: ["status.phase"],
      errorMessage: ["rollout.failure"],
    };
    const { deployment } = read(
      {
        id: "d1",
        replicas: 12,
        status: { phase: "error" },
        rollout: { updated: 7, failure: { message: "OOM" } },
      },
      further,
    );
    expect(deployment?.state).toMatchObject({
      status: "error",
      updatedReplicas: 7,
      totalReplicas: 12,
      errorMessage: "OOM",
      warnings: [],
    });
  });

  it.each([
    ["absent", { id: "d1" }],
    ["null", { id: "d1", rollout: { updated: null } }],
    ["below something else than an object", { id: "d1", rollout: 7 }],
    ["one level further down", { id: "d1", rollout: { updated: { replicas: 7 } } }],
    ["a name that holds the dot itself", { id: "d1", "rollout.updated": 7 }],
    ["inherited", { id: "d1", rollout: "text" }],
  ])("leave a count that is %s not reported, never 0", (_, deployment) => {
    const names = ["rollout.updated", "rollout.length", "rollout.constructor"];
    expect(read(deployment, { updatedReplicas: names }).deployment?.state.updatedReplicas).toBeNull();
  });

  it("come after the built-in ones, and a different value causes a warning", () => {
    const deployment = { id: "d1", updated_replicas: 6, rollout: { updated: 7 } };
    const further = { updatedReplicas: ["rollout.updated"] };
    const { state } = read(deployment, further).deployment ?? {};
    expect(state?.updatedReplicas).toBe(6);
    expect(state?.warnings).toEqual([
      {
        code: "spellings_differ",
        field: "Updated replicas",
        value: "6 in updated_replicas, 7 in rollout.updated",
      },
    ]);
    expect(sourceOf(deployment, "updatedReplicas", further)).toEqual({
      spellings: ["updated_replicas"],
      isNull: false,
      ignored: ["rollout.updated"],
    });
  });

  const documented = fc.record({
    id: fc.uuid(),
    model: fc.constantFrom("orgs/acme/models/a/versions/1", "orgs/acme/models/a/versions/2"),
    version_alias: fc.string({ minLength: 1, maxLength: 9 }),
    created: fc.integer({ min: 1, max: 1_768_000_000 }),
    rollout_status: fc.constantFrom("in_progress", "done", "draining_pods"),
    updated_replicas: fc.integer(),
    total_replicas: fc.integer(),
    max_unavailable: fc.integer(),
    error_message: fc.string({ minLength: 1 }),
  });
  const others = fc.dictionary(
    fc.constantFrom("ready", "a", "b", "status", "error", "num_replicas"),
    fc.oneof(fc.integer(), fc.string(), fc.record({ x: fc.integer(), y: fc.string() })),
  );
  const further = fc.dictionary(
    fc.constantFrom(...deploymentFields),
    fc.array(fc.constantFrom("ready", "a", "b", "a.x", "b.y", "a.z", "status.x"), { maxLength: 3 }),
  );

  it("never change how the built-in ones are read", () => {
    fc.assert(
      fc.property(documented, others, further, (known, other, extension) => {
        const before = read({ ...other, ...known }).deployment;
        const after = read({ ...other, ...known }, extension).deployment;
        const withoutWarnings = (deployment: typeof before) => ({
          ...deployment,
          state: { ...deployment?.state, warnings: [] },
        });
        expect(withoutWarnings(after)).toEqual(withoutWarnings(before));
      }),
    );
  });

  it("never make a count from nothing", () => {
    fc.assert(
      fc.property(others, further, (other, extension) => {
        const { updatedReplicas } = read({ id: "d1", ...other }, extension).deployment?.state ?? {};
        const reported = new Set(
          Object.values(other).flatMap((value) => (typeof value === "object" ? Object.values(value) : value)),
        );
        if (updatedReplicas !== null) expect([...reported].map(Number)).toContain(updatedReplicas);
      }),
    );
  });

  it("do not shadow each other among the built-in names", () => {
    const names = Object.values(fieldSpellings.deployment).flat();
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("where each field comes from", () => {
  it("names every spelling in use, and tells null from absent", () => {
    const json = {
      name: "acme",
      deployed_models: [
        { id: "d1", rollout_status: "done", updated_replicas: 1, total_replicas: null },
        { id: "d2", state: "complete", updated_replicas: 2 },
      ],
    };
    const { fieldUse } = parseEndpoint(json, "acme", now);
    const sources = Object.fromEntries(fieldUse?.sources.map((source) => [source.field, source]) ?? []);
    expect(sources["status"]?.spellings).toEqual(["rollout_status", "state"]);
    expect(sources["updatedReplicas"]?.spellings).toEqual(["updated_replicas"]);
    expect(sources["totalReplicas"]).toMatchObject({ spellings: [], isNull: true });
    expect(sources["maxUnavailable"]).toMatchObject({ spellings: [], isNull: false });
  });
});

describe("unread fields that look like something", () => {
  it.each<[string, object, unknown[]]>([
    ["counts", { replicas_done: 7 }, [["replicas_done", "count", "updatedReplicas"]]],
    ["counts as text", { desired: "12" }, [["desired", "count", "totalReplicas"]]],
    [
      "counts one object down",
      { rollout: { updated: 7, total: 12, unavailable: 2 } },
      [
        ["rollout.updated", "count", "updatedReplicas"],
        ["rollout.total", "count", "totalReplicas"],
        ["rollout.unavailable", "count", "maxUnavailable"],
      ],
    ],
    ["counts of what the name does not say", { shards: 3 }, [["shards", "count", null]]],
    ["errors", { failure_text: "OOM" }, [["failure_text", "error", "errorMessage"]]],
    ["statuses", { phase: "in_progress" }, [["phase", "status", "status"]]],
    ["no times", { updated_at: 1_768_000_000, startedAt: 3, ttl_seconds: 30 }, []],
    ["no ids and versions", { zone_id: 4, version: 8 }, []],
    ["no fractions and negatives", { load: 0.5, offset: -1 }, []],
    ["no texts", { region: "eu", last_error: "" }, []],
    ["no lists", { replicas: [{ ready: 1 }] }, []],
    ["no names that a setting would have to quote", { "done: [1]": 7, "a.b": 7 }, []],
  ])("are %s", (_, fields, expected) => {
    const { hints } = read({ id: "d1", ...fields }).fieldUse ?? { hints: [] };
    expect(hints.map(({ spelling, looksLike, field }) => [spelling, looksLike, field])).toEqual(expected);
  });

  it("are listed, with their place one object down, until a further name reads them", () => {
    const deployment = { id: "d1", rollout: { updated: 7, total: 12 }, replicas: [{ ready: true }] };
    expect(read(deployment, { updatedReplicas: ["rollout.updated"] }).unreadFields).toEqual([
      "deployed_models[].replicas",
      "deployed_models[].rollout.total",
    ]);
  });

  it("are at most 50", () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`done_${index}`, index]));
    expect(read({ id: "d1", ...many }).fieldUse?.hints).toHaveLength(50);
  });
});

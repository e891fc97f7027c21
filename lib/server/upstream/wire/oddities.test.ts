import { describe, expect, it } from "vitest";

import type { DeploymentReport, EndpointReport } from "@/lib/domain/endpoint-report";
import { warningSentence } from "@/lib/presentation/warning-sentence";

import { parseEndpoint } from "./reply";

const now = Date.UTC(2026, 0, 12, 17, 0);

function read(json: unknown): EndpointReport {
  return parseEndpoint(json, "acme", now).report;
}

function readDeployment(fields: Record<string, unknown>): DeploymentReport | undefined {
  return read({ deployed_models: [{ id: "d1", ...fields }] }).deployments[0];
}

describe("a model name that is longer than the limit", () => {
  it.each(["12345", "1", "v8-canary"])("keeps its full version %s", (version) => {
    for (let length = 150; length < 210; length += 1) {
      const model = `orgs/acme/models/${"m".repeat(length)}/versions/${version}`;
      expect(readDeployment({ model })?.version).toBe(version);
    }
  });
});

describe("an error", () => {
  it.each([
    [{ error_message: {}, error: "OOM" }, "OOM"],
    [{ error_message: [], error: "OOM" }, "OOM"],
    [{ error_message: false, error: "OOM" }, "OOM"],
    [{ error_message: 0, error: { message: "OOM" } }, "OOM"],
    [{ error: { message: "", detail: "OOM" } }, "OOM"],
    [{ error: { message: null, detail: "OOM" } }, "OOM"],
    [{ error: { message: "", code: 7 } }, `{"message":"","code":7}`],
    [{ error: { message: { text: "OOM" } } }, `{"message":{"text":"OOM"}}`],
  ])("in %j is not hidden by what is empty", (fields, message) => {
    expect(readDeployment(fields)?.state.errorMessage).toBe(message);
  });
});

describe("the instants of a reply", () => {
  it("cause a warning if the time of the update cannot be read", () => {
    expect(read({ name: "acme", updated: "yesterday" })).toMatchObject({
      updatedAt: null,
      warnings: [{ code: "unreadable_instant", value: "yesterday" }],
    });
  });

  it("are named in plain words, not by their wire names", () => {
    const { warnings, deployments } = read({
      created: "x",
      updated: {},
      deployed_models: [{ id: "d1", created: -1, updated_replicas: [], error: "x".repeat(20_000) }],
    });
    const sentences = [...warnings, ...(deployments[0]?.state.warnings ?? [])];
    expect(sentences.map(warningSentence)).toEqual([
      "The creation time is reported as x, which is not a time.",
      "The time of the update is reported as {}, which is not a time.",
      "The creation time is reported as -1, which is not a time.",
      "Updated replicas is reported as [], which is not a number.",
      "The error message was longer than is kept (20000 characters) and has been shortened.",
    ]);
  });
});

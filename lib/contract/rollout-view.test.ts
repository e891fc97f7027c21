import { describe, expect, it } from "vitest";
import * as z from "zod/mini";

import { rolloutViewSchema, type RolloutView } from "./rollout-view";
import { toOpenApi } from "./openapi";

const rollout: RolloutView = {
  deploymentId: "d8",
  model: null,
  version: "8",
  versionAlias: null,
  createdAt: 0,
  status: "in_progress",
  displayState: "late",
  reportedStatus: "in_progress",
  updatedReplicas: 5,
  totalReplicas: 12,
  maxUnavailable: 2,
  guaranteedReplicas: 10,
  errorMessage: null,
  errorSince: null,
  timeLeft: { lowSeconds: 60, highSeconds: 120, evidence: "5 of 12 in 6 min here" },
  conditions: [{ code: "late", message: "4 min over the usual 14–19 min.", since: 0 }],
  warnings: [],
  firstObservedAt: 0,
  startedAt: 0,
  endedAt: null,
  noLongerReportedSince: null,
};

/** What a tab reads of an answer with these fields instead; `undefined`: without that field. */
function read(changes: Record<string, unknown>): unknown {
  const sent: unknown = JSON.parse(JSON.stringify({ ...z.encode(rolloutViewSchema, rollout), ...changes }));
  return rolloutViewSchema.safeParse(sent).data;
}

describe("a tab whose scripts are of another build than the server", () => {
  it("reads every answer of the same build as it was", () => {
    expect(read({})).toEqual(rollout);
  });

  it.each([
    ["no time left", { timeLeft: undefined }, { timeLeft: null }],
    ["a time left of another shape", { timeLeft: "soon" }, { timeLeft: null }],
    ["another display state", { displayState: "melting" }, { displayState: "unknown" }],
    ["another status", { status: "melting" }, { status: "unknown" }],
    [
      "another conclusion",
      { conditions: [{ code: "melting", message: "It melts.", since: "1970-01-01T00:00:00.000Z" }] },
      { conditions: [{ code: "unknown", message: "It melts.", since: 0 }] },
    ],
    ["another field", { color: "red" }, {}],
  ])("reads one with %s", (_, sent, expected) => {
    expect(read(sent)).toEqual({ ...rollout, ...expected });
  });

  it("does not read one without an id", () => {
    expect(read({ deploymentId: undefined })).toBeUndefined();
  });
});

it("the document still promises what tabs may find missing", () => {
  const text = JSON.stringify(toOpenApi().components.schemas["RolloutDetail"]);
  for (const name of ["timeLeft", "displayState", "status"])
    expect(text).toMatch(new RegExp(`"required":\\[[^\\]]*"${name}"`));
});

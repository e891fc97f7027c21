import { describe, expect, it } from "vitest";

import type { DeploymentReport } from "@/lib/domain/endpoint-report";

import { readReply } from "./read-reply";
import { parseEndpoint } from "./parse-endpoint";

const now = Date.UTC(2026, 0, 12, 17, 0);

/** What Rollcall makes of one deployment, given as JSON text so that nothing is tidied up on the way. */
function read(fields: string): DeploymentReport {
  const text = `{"deployed_models":[{"id":"d1"${fields === "" ? "" : `,${fields}`}}]}`;
  const { report } = readReply(Buffer.from(text), (json) => parseEndpoint(json, "acme", now));
  const [deployment] = report.deployments;
  if (deployment === undefined) throw new Error("The deployment was left out.");
  return deployment;
}

function warningsOf({ state }: DeploymentReport): string[] {
  return state.warnings.map(({ code, value }) => `${code}: ${value}`);
}

describe("counts", () => {
  it.each<[string, number | null, string[]]>([
    ["", null, []],
    [`"updated_replicas":null`, null, []],
    [`"updated_replicas":0`, 0, []],
    [`"updated_replicas":7`, 7, []],
    [`"updated_replicas":7.0`, 7, []],
    [`"updated_replicas":-0`, 0, []],
    [`"updated_replicas":7e0`, 7, []],
    [`"updated_replicas":"7"`, 7, []],
    [`"updated_replicas":" 7 "`, 7, []],
    [`"updated_replicas":"+7"`, 7, []],
    [`"updated_replicas":"-3"`, -3, ["negative_count: -3"]],
    [`"updated_replicas":-3`, -3, ["negative_count: -3"]],
    [`"updated_replicas":7.5`, 7.5, ["fractional_count: 7.5"]],
    [`"updated_replicas":-0.5`, -0.5, ["negative_count: -0.5"]],
    [`"updated_replicas":1e308`, 1e308, []],
    [`"updated_replicas":9007199254740993`, 9_007_199_254_740_992, []],
    [`"updated_replicas":1e999`, null, ["unreadable_count: Infinity"]],
    [`"updated_replicas":-1e999`, null, ["unreadable_count: -Infinity"]],
    [`"updated_replicas":"NaN"`, null, ["unreadable_count: NaN"]],
    [`"updated_replicas":"7.5"`, null, ["unreadable_count: 7.5"]],
    [`"updated_replicas":"7e3"`, null, ["unreadable_count: 7e3"]],
    [`"updated_replicas":"0x7"`, null, ["unreadable_count: 0x7"]],
    [`"updated_replicas":"seven"`, null, ["unreadable_count: seven"]],
    [`"updated_replicas":""`, null, ["unreadable_count: "]],
    [`"updated_replicas":true`, null, ["unreadable_count: true"]],
    [`"updated_replicas":[7]`, null, ["unreadable_count: [7]"]],
    [`"updated_replicas":{"count":7}`, null, [`unreadable_count: {"count":7}`]],
    [`"updatedReplicas":7`, 7, []],
    [`"num_updated_replicas":7`, 7, []],
    [`"replicas_updated":7`, 7, []],
    [`"replicas_updated_count":7`, 7, []],
    [`"updated_replicas":null,"updatedReplicas":7`, 7, []],
    [`"updated_replicas":6,"updatedReplicas":7`, 6, []],
    [`"UPDATED_REPLICAS":7`, null, []],
    [`"__proto__":{"updated_replicas":7}`, null, []],
    [`"constructor":7,"toString":8`, null, []],
  ])("reads the updated replicas of {%s} as %s", (fields, count, warnings) => {
    const deployment = read(fields);
    expect(deployment.state.updatedReplicas).toBe(count);
    expect(warningsOf(deployment)).toEqual(warnings);
  });

  it.each([
    `"total_replicas":12`,
    `"totalReplicas":12`,
    `"num_total_replicas":12`,
    `"replicas_total":12`,
    `"num_replicas":"12"`,
  ])("reads the total of {%s}", (fields) => {
    expect(read(fields).state.totalReplicas).toBe(12);
  });

  it.each([`"max_unavailable":2`, `"maxUnavailable":2`, `"max_unavailable_replicas":"2"`])(
    "reads max unavailable of {%s}",
    (fields) => {
      expect(read(fields).state.maxUnavailable).toBe(2);
    },
  );

  it.each<[string, string[]]>([
    [`"updated_replicas":7,"total_replicas":5`, ["updated_exceeds_total: 7 of 5"]],
    [`"updated_replicas":5,"total_replicas":5`, []],
    [`"total_replicas":0`, ["total_is_zero: 0"]],
    [`"updated_replicas":0,"total_replicas":0`, ["total_is_zero: 0"]],
    [`"updated_replicas":7,"total_replicas":"few"`, ["unreadable_count: few"]],
    [
      `"updated_replicas":-1,"total_replicas":-2`,
      ["negative_count: -1", "negative_count: -2", "updated_exceeds_total: -1 of -2"],
    ],
  ])("says what is odd about {%s}", (fields, warnings) => {
    expect(warningsOf(read(fields))).toEqual(warnings);
  });
});

describe("status", () => {
  it.each<[string, string, string | null]>([
    ["", "unknown", null],
    [`"rollout_status":null`, "unknown", null],
    [`"rollout_status":"not_started"`, "not_started", "not_started"],
    [`"rollout_status":"in_progress"`, "in_progress", "in_progress"],
    [`"rollout_status":"rolling_back"`, "rolling_back", "rolling_back"],
    [`"rollout_status":"rolled_back"`, "rolled_back", "rolled_back"],
    [`"rollout_status":"done"`, "done", "done"],
    [`"rollout_status":"error"`, "error", "error"],
    [`"rollout_status":"cancelled"`, "cancelled", "cancelled"],
    [`"state":"complete"`, "done", "complete"],
    [`"state":"in_progress"`, "in_progress", "in_progress"],
    [`"rolloutStatus":"done"`, "done", "done"],
    [`"rollout_status":"in_progress","state":"complete"`, "in_progress", "in_progress"],
    [`"rollout_status":null,"state":"complete"`, "done", "complete"],
    [`"rollout_status":"draining_pods"`, "unknown", "draining_pods"],
    [`"rollout_status":"unknown"`, "unknown", "unknown"],
    [`"rollout_status":"Done"`, "unknown", "Done"],
    [`"rollout_status":" done "`, "unknown", " done "],
    [`"rollout_status":"completed"`, "unknown", "completed"],
    [`"rollout_status":"__proto__"`, "unknown", "__proto__"],
    [`"rollout_status":"constructor"`, "unknown", "constructor"],
    [`"rollout_status":3`, "unknown", "3"],
    [`"rollout_status":{"word":"done"}`, "unknown", null],
    [`"rollout_status":true`, "unknown", null],
  ])("reads {%s} as %s, reported as %s", (fields, status, reportedStatus) => {
    expect(read(fields).state).toMatchObject({ status, reportedStatus });
  });
});

describe("error message", () => {
  it.each<[string, string | null]>([
    ["", null],
    [`"error_message":null`, null],
    [`"error_message":""`, null],
    [`"error_message":"OOM"`, "OOM"],
    [`"errorMessage":"OOM"`, "OOM"],
    [`"error":"OOM"`, "OOM"],
    [`"error_message":"","error":"OOM"`, "OOM"],
    [`"error":{"message":"OOM","code":7}`, "OOM"],
    [`"error":{"detail":"OOM"}`, "OOM"],
    [`"error":{"message":null,"code":7}`, `{"message":null,"code":7}`],
    [`"error":{"code":7}`, `{"code":7}`],
    [`"error":["OOM","again"]`, `["OOM","again"]`],
    [`"error":{}`, null],
    [`"error":[]`, null],
    [`"error":false`, null],
    [`"error":0`, null],
    [`"error":503`, "503"],
    [`"error_message":"<b>\\u001b[31m\\u202e"`, "<b>\u001b[31m\u202e"],
    [`"error_message":"half \\ud83d"`, "half \ufffd"],
  ])("reads {%s} as %j", (fields, message) => {
    const deployment = read(fields);
    expect(deployment.state.errorMessage).toBe(message);
    expect(warningsOf(deployment)).toEqual([]);
  });

  it("keeps 16,384 characters whole, and says where it had to cut", () => {
    const whole = read(`"error_message":"${"x".repeat(16_384)}"`);
    expect(whole.state.errorMessage).toHaveLength(16_384);
    expect(warningsOf(whole)).toEqual([]);
    const cut = read(`"error_message":"${"x".repeat(16_385)}"`);
    expect(cut.state.errorMessage).toHaveLength(16_384);
    expect(warningsOf(cut)).toEqual(["text_shortened: 16385 characters"]);
  });

  it("never cuts a character in half", () => {
    const cut = read(`"error_message":"${"x".repeat(16_383)}😀😀"`);
    expect(cut.state.errorMessage?.isWellFormed()).toBe(true);
    expect(read(`"version_alias":"${"x".repeat(199)}😀"`).versionAlias?.isWellFormed()).toBe(true);
    expect(read(`"created":"${"x".repeat(99)}😀"`).state.warnings[0]?.value.isWellFormed()).toBe(true);
  });
});

describe("created", () => {
  const seconds = 1_736_700_000;

  it.each<[string, number | null, string[]]>([
    ["", null, []],
    [`"created":null`, null, []],
    [`"created":${seconds}`, seconds * 1_000, []],
    [`"created":"${seconds}"`, seconds * 1_000, []],
    [`"created":${seconds}.5`, seconds * 1_000 + 500, []],
    [`"created_at":${seconds}`, seconds * 1_000, []],
    [`"created":0`, 0, []],
    [`"created":${seconds}000`, seconds * 1_000, [`created_in_milliseconds: ${seconds}000`]],
    [`"created":-1`, null, ["unreadable_instant: -1"]],
    [`"created":"2026-01-12T14:02:00Z"`, null, ["unreadable_instant: 2026-01-12T14:02:00Z"]],
    [`"created":""`, null, ["unreadable_instant: "]],
    [`"created":1e999`, null, ["unreadable_instant: Infinity"]],
    [`"created":true`, null, ["unreadable_instant: true"]],
    [`"created":${now / 1_000 + 299}`, now + 299_000, []],
    [
      `"created":${now / 1_000 + 3_600}`,
      now + 3_600_000,
      [`created_in_future: ${new Date(now + 3_600_000).toISOString()}`],
    ],
    // ISO-8601 as it crosses HTTP has four digits for the year.
    [`"created":253402300800000`, null, ["unreadable_instant: 253402300800000"]],
    [`"created":8640000000000001`, null, ["unreadable_instant: 8640000000000001"]],
  ])("reads {%s} as %s", (fields, createdAt, warnings) => {
    const deployment = read(fields);
    expect(deployment.createdAt).toBe(createdAt);
    expect(warningsOf(deployment)).toEqual(warnings);
  });
});

describe("names", () => {
  it.each<[string, string | null, string | null]>([
    ["", null, null],
    [`"model":"orgs/acme/models/qwen-3-32b/versions/8"`, "orgs/acme/models/qwen-3-32b/versions/8", "8"],
    [`"model":"orgs/a/models/m/versions/v8-canary"`, "orgs/a/models/m/versions/v8-canary", "v8-canary"],
    [`"model":"my-model"`, "my-model", null],
    [`"model":"orgs/a/models/m/versions/"`, "orgs/a/models/m/versions/", null],
    [`"model":8`, "8", null],
    [`"model":{}`, null, null],
    [`"model_name":"orgs/a/models/m/versions/9"`, "orgs/a/models/m/versions/9", "9"],
  ])("reads the model of {%s}", (fields, model, version) => {
    expect(read(fields)).toMatchObject({ model, version });
  });

  it.each<[string, string | null]>([
    [`"version_alias":"v8-canary"`, "v8-canary"],
    [`"versionAlias":"v8-canary"`, "v8-canary"],
    [`"version_alias":16`, "16"],
    [`"version_alias":"lone \\udc00"`, "lone \ufffd"],
    [`"version_alias":["v8"]`, null],
  ])("reads the alias of {%s}", (fields, versionAlias) => {
    expect(read(fields).versionAlias).toBe(versionAlias);
  });

  it("reads a camel-cased deployment whole", () => {
    const fields = `"rolloutStatus":"in_progress","updatedReplicas":7,"totalReplicas":12,"maxUnavailable":2,"errorMessage":"slow"`;
    expect(read(fields).state).toEqual({
      status: "in_progress",
      reportedStatus: "in_progress",
      updatedReplicas: 7,
      totalReplicas: 12,
      maxUnavailable: 2,
      errorMessage: "slow",
      warnings: [],
    });
  });
});

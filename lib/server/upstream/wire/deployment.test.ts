import { describe, expect, it } from "vitest";

import { now, read, warningsOf } from "../testing/read-deployment";

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

  it("keeps 16,384 characters, and warns if it shortened the message", () => {
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

  it("reads every field of a camel-cased deployment", () => {
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

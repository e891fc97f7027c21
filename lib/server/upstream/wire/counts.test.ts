import { describe, expect, it } from "vitest";

import { read, warningsOf } from "../testing/read-deployment";

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
    [
      `"updated_replicas":6,"updatedReplicas":7`,
      6,
      ["spellings_differ: 6 in updated_replicas, 7 in updatedReplicas"],
    ],
    [`"updated_replicas":6,"updatedReplicas":"6"`, 6, []],
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

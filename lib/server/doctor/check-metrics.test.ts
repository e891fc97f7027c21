import { expect, it } from "vitest";

import { checkMetrics } from "./check-metrics";
import type { UpstreamFacts } from "./facts";

const facts: UpstreamFacts = { host: "api.example.com", org: null, endpoints: [], clockSkew: 0 };
const check = (metrics: UpstreamFacts["metrics"]) =>
  checkMetrics(metrics === undefined ? facts : { ...facts, metrics });
const cause = (code: "key_rejected" | "not_found" | "timed_out") => ({ code, message: "It failed." });

it("is no check unless the Metrics API is configured", () => {
  expect(check(undefined)).toEqual([]);
});

it.each([
  ["it answers", { answer: 3, cause: null }, "ok", /3 endpoints/],
  ["it names no endpoint", { answer: 0, cause: null }, "warning", /names no endpoint/],
  ["it was not asked", { answer: null, cause: null }, "unknown", /Not asked/],
  ["it fails", { answer: 3, cause: cause("timed_out") }, "warning", /It failed/],
])("says when %s", (_, metrics, state, says) => {
  const [only] = check(metrics);
  expect(only?.state).toBe(state);
  expect(only?.says).toMatch(says);
});

it("says what to do about the key and the id", () => {
  expect(check({ answer: null, cause: cause("key_rejected") })[0]?.remedy).toMatch(
    /CEREBRAS_INFERENCE_API_KEY/,
  );
  expect(check({ answer: null, cause: cause("not_found") })[0]?.remedy).toMatch(/CEREBRAS_ORGANIZATION_ID/);
});

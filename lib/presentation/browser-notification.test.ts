import { expect, it } from "vitest";

import { rolloutEvent } from "@/lib/domain/testing/events";

import { abilityProblem, toBrowserNotification } from "./browser-notification";

it("says what happened, the error’s first line and the counts", () => {
  expect(toBrowserNotification(rolloutEvent("failed"))).toEqual({
    title: "acme-one: v7 → v8 failed after 8 min",
    body: "CUDA out of memory\nReplicas: 7 of 12 updated · Duration: 8 min · Architecture: qwen-3-32b · Organization: acme",
  });
  expect(toBrowserNotification(rolloutEvent("stalled")).body).toContain("No replica has moved for 10 min.");
});

it("says what a viewer can do where the browser shows none", () => {
  expect(abilityProblem("allowed")).toBeNull();
  expect(abilityProblem("denied")).toBe(
    "The browser blocks notifications of Rollcall. Allow them in its settings for this site, beside the address, and turn them on again.",
  );
  expect(abilityProblem("unasked")).toContain("choose Allow");
  expect(abilityProblem("insecure")).toContain("https");
  expect(abilityProblem("unsupported")).toContain("on a computer");
});

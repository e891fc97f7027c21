import { expect, it } from "vitest";

import { checkStatusPage } from "./check-status-page";

it("is no check unless a status page is set up", () => {
  expect(checkStatusPage({ statusPage: null })).toEqual([]);
});

it.each([
  ["it reports nothing", { answer: 0, cause: null }, "ok", /no open incident/],
  ["it reports an incident", { answer: 1, cause: null }, "ok", /1 open incident,/],
  ["it was not asked", { answer: null, cause: null }, "unknown", /Not asked/],
  [
    "it fails",
    { answer: 2, cause: { code: "upstream_error" as const, message: "The status page answered 503." } },
    "warning",
    /answered 503/,
  ],
])("says when %s", (_, statusPage, state, says) => {
  const [only] = checkStatusPage({ statusPage });
  expect(only?.state).toBe(state);
  expect(only?.says).toMatch(says);
  expect(only?.remedy ?? "ROLLCALL_STATUS_PAGE").toMatch(/ROLLCALL_STATUS_PAGE|Wait/);
});

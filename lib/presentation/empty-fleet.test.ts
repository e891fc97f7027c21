import { expect, it } from "vitest";

import { toEmptyFleet } from "./empty-fleet";

const live = { state: "live", observedAt: null, since: null, cause: null, retryAt: null } as const;

it.each([
  ["starting", "First look", /You don’t need to do anything/],
  ["blind", "Blind", /once Cerebras answers again/],
  ["watching", "No endpoints", /ROLLCALL_ENDPOINTS/],
  ["stretched", "No endpoints", /ROLLCALL_ENDPOINTS/],
] as const)("while %s, the tab says %j and the page what to do", (watcher, word, advice) => {
  const empty = toEmptyFleet(watcher, live);
  expect(empty.word).toBe(word);
  expect(empty.advice).toMatch(advice);
});

it("says first that Rollcall’s own server does not answer", () => {
  const empty = toEmptyFleet("watching", { ...live, state: "cut_off", since: 5 });
  expect(empty).toMatchObject({ word: "No answer", shape: "blind" });
  expect(empty.sentence[0]).toMatch(/server has not answered/);
});

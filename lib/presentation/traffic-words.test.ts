import { expect, it } from "vitest";

import { requestCount, shareText, trafficConclusions, waitText } from "./traffic-words";

it.each([
  [0, "0 %"],
  [0.0004, "< 0.1 %"],
  [0.002, "0.2 %"],
  [0.031, "3.1 %"],
  [0.05, "5 %"],
  [0.234, "23 %"],
  [0.9996, "> 99.9 %"],
  [1, "100 %"],
])("writes the share %d as %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});

it.each([
  [0, "0 ms"],
  [12.4, "12 ms"],
  [280, "0.28 s"],
  [999, "1.0 s"],
  [3_420, "3.4 s"],
  [41_000, "41 s"],
])("writes %d ms as %s", (wait, text) => {
  expect(waitText(wait)).toBe(text);
});

it("separates thousands", () => {
  expect(requestCount(1_840.4)).toBe("1,840");
});

const shares = { before: 0.002, during: 0.031, requests: 1_840 };

it.each([
  [
    { kind: "rose", ...shares } as const,
    "Failures rose from 0.2 % to 3.1 % of requests during this rollout.",
  ],
  [
    { kind: "no_more", ...shares, during: 0.002 } as const,
    "Callers saw no more failures than before: 0.2 % of 1,840 requests, 0.2 % before.",
  ],
  [
    { kind: "about_same", ...shares, during: 0.003 } as const,
    "Callers saw about as many failures as before: 0.3 % of 1,840 requests, 0.2 % before.",
  ],
])("says what may be concluded", (failures, sentence) => {
  expect(trafficConclusions({ failures, slower: null })).toEqual([sentence]);
});

it("says that callers waited longer", () => {
  expect(trafficConclusions({ failures: null, slower: { before: 620, during: 1_500 } })).toEqual([
    "First tokens came later: the slowest 5 % took 1.5 s or more during this rollout, 0.62 s before.",
  ]);
});

it("says nothing without evidence", () => {
  expect(trafficConclusions({ failures: null, slower: null })).toEqual([]);
});

import { expect, test } from "vitest";

import { fleetSentence } from "./fleet-sentence";
import type { Standing } from "./standing";

const table: [Standing[], string][] = [
  [["done"], "1 endpoint, all quiet."],
  [["done", "cancelled", "nothing"], "3 endpoints, all quiet."],
  [["in_progress", "done"], "2 endpoints: 1 is rolling out."],
  [["in_progress", "error", "error"], "3 endpoints: 2 have failed and 1 is rolling out."],
  [
    ["stalled", "regressing", "error", "rolling_back", "unknown"],
    "5 endpoints: 1 has failed, 2 look stuck, 1 is rolling back and 1 is in an unknown state.",
  ],
];

test.each(table)("%j", (standings, sentence) => {
  expect(fleetSentence(standings)).toBe(sentence);
});

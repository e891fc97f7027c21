import { expect, it } from "vitest";

import type { Incident } from "@/lib/domain/incident";

import { incidentSentence } from "./incident-words";
import { sentenceText } from "./sentence-text";

const incident: Incident = {
  ...{ id: "a", name: "Elevated errors", status: "investigating", impact: "major" },
  ...{ startedAt: 5, link: "https://stspg.io/a" },
};
const read = (incidents: Incident[], cause: { since: number } | null = null) => {
  const sentence = incidentSentence({ incidents, observedAt: 9, cause });
  return sentence === null ? null : sentenceText(sentence, { now: 0, moment: (at) => `@${at}` });
};

it.each([
  ["one", [incident], "Cerebras reports an incident since @5: “Elevated errors” (investigating). As of @9."],
  [
    "several",
    [incident, { ...incident, id: "b" }, { ...incident, id: "c" }],
    "Cerebras reports an incident since @5: “Elevated errors” (investigating), and 2 more. As of @9.",
  ],
  [
    "one without a start",
    [{ ...incident, startedAt: null }],
    "Cerebras reports an incident: “Elevated errors” (investigating). As of @9.",
  ],
])("says what the status page reports: %s", (_, incidents, sentence) => {
  expect(read(incidents)).toBe(sentence);
});

it("says nothing while none is open, or nothing is known", () => {
  expect(read([])).toBeNull();
  expect(incidentSentence(undefined)).toBeNull();
});

it("says since when it cannot be confirmed", () => {
  expect(read([incident], { since: 12 })).toMatch(/As of @9: the status page cannot be read since @12\.$/);
});

it("keeps foreign texts on one line, short, and without characters that act", () => {
  const [name, status] = [`a\n\nb ${"x".repeat(300)}`, "in\u202Evestigating"];
  const sentence = read([{ ...incident, name, status }]) ?? "";
  expect(sentence).toMatch(/“a b x{60,}…” \(in\\u202Evestigating\)/);
  expect(sentence.length).toBeLessThan(220);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ViewerFreshness } from "@/lib/domain/connection";
import { displayStates, isQuiet, type DisplayState } from "@/lib/domain/display-state";
import { summarizeFleet, type FleetPart } from "@/lib/domain/fleet-summary";
import { placeOnWall } from "@/lib/domain/wall";

import { toEndpointDisplay } from "./endpoint-display";
import { toFleetHead } from "./fleet-head";
import { fleetSentence, lastKnownSentence } from "./fleet-sentence";
import { sentenceText } from "./sentence-text";

const cause = { code: "upstream_error", message: "Cerebras answers 500.", since: 5, retryAt: null } as const;
const freshness = fc.constantFrom(
  { state: "live", observedAt: 9, cause: null } as const,
  { state: "delayed", observedAt: 4, cause: null } as const,
  { state: "delayed", observedAt: 4, cause } as const,
  { state: "delayed", observedAt: null, cause: null } as const,
  { state: "blind", observedAt: 4, cause } as const,
  { state: "blind", observedAt: null, cause } as const,
);
const part: fc.Arbitrary<FleetPart> = fc.record({
  displayState: fc.constantFrom(...displayStates),
  freshness,
});
const parts = fc.array(part, { minLength: 1, maxLength: 30 });

function freshnessOf({
  freshness: { state, observedAt, cause: why },
}: ReturnType<typeof summarizeFleet>): ViewerFreshness {
  return { state, observedAt, since: why?.since ?? observedAt, cause: why, retryAt: null };
}

const present: Record<string, readonly DisplayState[]> = {
  "ha(?:s|ve) failed": ["error"],
  "looks? stuck": ["stalled", "regressing"],
  "(?:is|are) done but incomplete": ["incomplete"],
  "(?:is|are) rolling back": ["rolling_back"],
  "(?:is|are) rolling out": ["in_progress", "late"],
  "(?:is|are) waiting to start": ["not_started"],
};

/** The number before a verb; `The other one` counts as 1. */
function countOf(text: string, verb: string): number {
  const [, digits, one] = new RegExp(`(?:(\\d+)|(The other one)) ${verb}`).exec(text) ?? [];
  return one === undefined ? Number(digits ?? 0) : 1;
}

describe("any mix of live, delayed and blind endpoints", () => {
  it("is described in the present tense only where it is live", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const summary = summarizeFleet(all);
        const head = toFleetHead(summary, freshnessOf(summary));
        const live = all
          .filter((each) => each.freshness.state === "live")
          .map(({ displayState }) => displayState);
        const sentence = sentenceText(fleetSentence(summary), { now: 9, moment: String });
        const said = [sentence, sentenceText(head.sentence, { now: 9, moment: String }), head.title];
        for (const [verb, names] of Object.entries(present)) {
          const most = live.filter((displayState) => names.includes(displayState)).length;
          for (const text of said) expect(countOf(text, verb)).toBeLessThanOrEqual(most);
          expect(countOf(sentence, verb)).toBe(most);
        }
        for (const text of said) {
          if (/all quiet/.test(text))
            expect(all.every(({ displayState }) => isQuiet(displayState))).toBe(true);
          if (/all quiet/.test(text)) expect(live.length).toBe(all.length);
          if (/(?:are|is) quiet/.test(text)) expect(live.every(isQuiet)).toBe(true);
        }
        if (summary.blind.length > 0)
          expect(said.every((text) => /cannot be seen|Blind/.test(text))).toBe(true);
        expect(head.lastKnown ?? "").not.toMatch(/ (is|are|has|have|looks|look) /);
      }),
    );
  });

  it("has the icon of a live endpoint, or of blindness wherever one is blind", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const summary = summarizeFleet(all);
        const { shape, isLive } = toFleetHead(summary, freshnessOf(summary));
        if (summary.blind.length > 0) expect([shape, isLive]).toEqual(["blind", false]);
        if (shape !== "blind" && shape !== "delayed") expect(summary.seen).toContain(shape);
        if (isLive && isQuiet(shape === "blind" || shape === "delayed" ? "error" : shape))
          expect(summary.seen.length).toBe(all.length);
      }),
    );
  });

  it("keeps blind endpoints out of the quiet strip, and shows their state in the past tense", () => {
    fc.assert(
      fc.property(part, fc.boolean(), (each, isAcknowledged) => {
        const display = toEndpointDisplay(each);
        if (each.freshness.state === "blind")
          expect(placeOnWall({ ...each, changedAt: 9, isAcknowledged }, 9)).not.toBe("quiet");
        if (each.freshness.state !== "live") expect(["blind", "delayed"]).toContain(display.shape);
        else expect(display).toMatchObject({ shape: each.displayState, past: null });
      }),
    );
  });
});

it("endpoints that were never seen have no last known state", () => {
  expect(lastKnownSentence([])).toBeNull();
});

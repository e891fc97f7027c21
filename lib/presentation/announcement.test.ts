import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { ViewerFreshness } from "@/lib/domain/connection";
import { summarizeFleet, type FleetPart } from "@/lib/domain/fleet-summary";
import { minute, second } from "@/lib/domain/instant";
import { rolloutDisplay as rollout } from "@/lib/domain/testing/rollout-display";

import {
  fleetAnnounceable,
  isDue,
  toAnnounced,
  rolloutsAnnounceable,
  type Announceable,
  type Announced,
} from "./announcement";

type Shown = { at: number; about: Announceable };

/** The instants at which a page that showed these one after the other announced something. */
function announcedAt([first, ...later]: readonly Shown[]): number[] {
  if (first === undefined) return [];
  let last: Announced = { ...first.about, at: first.at };
  return later.flatMap(({ at, about }) => {
    if (!isDue(last, about, at)) return [];
    last = toAnnounced(last, about, at);
    return [at];
  });
}

const cause = { code: "upstream_error", message: "Cerebras answers 503.", since: 9, retryAt: 12 } as const;
const live: ViewerFreshness = { state: "live", observedAt: 9, since: null, cause: null, retryAt: null };
const blind: ViewerFreshness = { ...live, state: "blind", cause };
const delayed: ViewerFreshness = { ...live, state: "delayed" };

describe("an endpoint", () => {
  const rolling = (updatedReplicas: number) => [rollout({ updatedReplicas })];
  const states: [string, Announceable][] = [
    ["rolling", rolloutsAnnounceable(rolling(7), live)],
    ["stalled", rolloutsAnnounceable([rollout({ conditions: ["stalled"] })], live)],
    ["failed", rolloutsAnnounceable([rollout({ status: "error" })], live)],
    ["failed, with its error", rolloutsAnnounceable([rollout({ status: "error", errorMessage: "x" })], live)],
    ["the next version", rolloutsAnnounceable([rollout({ version: "9" })], live)],
    ["nothing deployed", rolloutsAnnounceable([], live)],
    ["blind", rolloutsAnnounceable(rolling(7), blind)],
    ["cut off", rolloutsAnnounceable(rolling(7), { ...blind, state: "cut_off" })],
  ];

  test("announces every change between states at once, and each once", () => {
    for (const [from, first] of states)
      for (const [to, next] of states) {
        const shown = [first, next, next, next].map((about, nth) => ({ at: nth * minute, about }));
        expect(announcedAt(shown), `${from}, then ${to}`).toEqual(from === to ? [] : [minute]);
      }
  });

  test("announces progress once a minute at most", () => {
    const shown = Array.from({ length: 13 }, (_, updated) => ({
      at: updated * 20 * second,
      about: rolloutsAnnounceable(rolling(updated), live),
    }));
    expect(announcedAt(shown)).toEqual([minute, 2 * minute, 3 * minute, 4 * minute]);
  });

  test("announces an outage and its end, not the delay before, another cause or another attempt", () => {
    const other = { ...cause, message: "Cerebras does not answer.", retryAt: 99 };
    const shown = [live, delayed, blind, { ...blind, cause: other }, delayed, live, delayed, live];
    const abouts = shown.map((freshness) => rolloutsAnnounceable(rolling(7), freshness));
    expect(announcedAt(abouts.map((about, at) => ({ at, about })))).toEqual([2, 5]);
  });
});

describe("a fleet", () => {
  const part = (displayState: FleetPart["displayState"], { state }: ViewerFreshness = live): FleetPart => ({
    displayState,
    freshness: { state: state === "cut_off" ? "blind" : state, observedAt: 9, cause: null },
  });
  const about = (parts: readonly FleetPart[]) => {
    const summary = summarizeFleet(parts);
    return fleetAnnounceable(summary, { ...live, ...summary.freshness });
  };

  test("announces what fails, starts and ends, not which endpoint is quiet", () => {
    const shown = [
      [part("in_progress"), part("done")],
      [part("in_progress"), part("rolled_back")],
      [part("stalled"), part("done")],
      [part("error"), part("done")],
      [part("done"), part("done")],
    ];
    expect(announcedAt(shown.map((parts, at) => ({ at, about: about(parts) })))).toEqual([2, 3, 4]);
  });

  test("announces an outage once, however many endpoints it reaches within a minute", () => {
    const shown = [0, 1, 2, 3, 4, 5, 3, 1, 0].map((unseen) =>
      Array.from({ length: 5 }, (_, nth) => part("in_progress", nth < unseen ? blind : live)),
    );
    expect(announcedAt(shown.map((parts, nth) => ({ at: nth * second, about: about(parts) })))).toEqual([
      second,
      8 * second,
    ]);
  });

  test("announces the end of an outage once no endpoint is delayed any more", () => {
    const fleet = (...each: ViewerFreshness[]) => about(each.map((one) => part("in_progress", one)));
    const shown = [
      fleet(blind, blind, blind),
      fleet(live, delayed, live),
      fleet(live, live, live),
      fleet(live, delayed, live),
      fleet(live, live, live),
    ];
    expect(announcedAt(shown.map((each, at) => ({ at, about: each })))).toEqual([2]);
  });

  test("announces what fails while another endpoint is delayed, and then the end of the outage", () => {
    const shown = [
      [part("done", blind), part("in_progress")],
      [part("done", delayed), part("error")],
      [part("done"), part("error")],
    ];
    expect(announcedAt(shown.map((parts, at) => ({ at, about: about(parts) })))).toEqual([1, 2]);
  });

  test("announces what fails while another endpoint cannot be seen", () => {
    const shown = [
      [part("done", blind), part("in_progress")],
      [part("done", blind), part("error")],
    ];
    expect(announcedAt(shown.map((parts, at) => ({ at, about: about(parts) })))).toEqual([1]);
  });
});

const shown = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 90 }),
    state: fc.option(fc.constantFrom("a", "b"), { freq: 3 }),
    isPartBlind: fc.option(fc.boolean(), { freq: 3 }),
    progress: fc.constantFrom("1", "2", "3"),
  }),
);

describe("any sequence", () => {
  it("announces every change of the known state, and nothing else within a minute", () => {
    fc.assert(
      fc.property(shown, (steps) => {
        let at = 0;
        const all = steps.map(({ wait, ...about }) => ({ at: (at += wait * second), about }));
        let last: Announced = { state: "a", isPartBlind: false, progress: "1", at: 0 };
        for (const { at: now, about } of all) {
          const isSpoken = isDue(last, about, now);
          const isChanged =
            about.state !== last.state || (about.isPartBlind ?? last.isPartBlind) !== last.isPartBlind;
          if (about.state !== null && isChanged) expect(isSpoken).toBe(true);
          else if (now - last.at < minute) expect(isSpoken).toBe(false);
          if (isSpoken) last = toAnnounced(last, about, now);
        }
      }),
    );
  });
});

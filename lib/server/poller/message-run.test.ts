import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { deployment, report } from "@/lib/domain/testing/rollouts";

import { follow, last } from "./testing/polls";

const failing = (errorMessage: string | null, updatedReplicas = 6) =>
  report(deployment({ errorMessage, updatedReplicas }));

describe("an error message that changes with every poll", () => {
  const polls = Array.from({ length: 500 }, (_, nth): [number, ReturnType<typeof report>] => [
    1_000 * (nth + 1),
    failing(`No capacity after ${nth} s`),
  ]);

  it("is stored as the first, the newest and the number between", () => {
    const observations = last(...polls).picture.rollouts[0]?.observations ?? [];
    expect(observations.map(({ at, messagesBetween }) => [at, messagesBetween])).toEqual([
      [1_000, undefined],
      [500_000, 498],
    ]);
    expect(observations.at(-1)?.state.errorMessage).toBe("No capacity after 499 s");
  });

  it("replaces the former one in history", () => {
    const changes = follow(...polls).flatMap(({ recording }) => recording.rollouts);
    expect(changes.slice(0, 4).map(({ replaces }) => replaces)).toEqual([undefined, undefined, 2_000, 3_000]);
  });

  it("is dated by the start of its run, so that an acknowledgement stays valid", () => {
    expect(last(...polls).picture.rollouts[0]?.facts.errorSince).toBe(2_000);
  });

  it("does not hide a count that changes meanwhile", () => {
    const { picture } = last(...polls, [501_000, failing("No capacity after 500 s", 7)]);
    expect(picture.rollouts[0]?.observations.map(({ state }) => state.updatedReplicas)).toEqual([6, 6, 7]);
  });
});

it("messages that change slowly are kept one by one", () => {
  const observations = last([0, failing("one")], [1_000_000, failing("two")], [2_000_000, failing("three")])
    .picture.rollouts[0]?.observations;
  expect(observations?.map(({ state }) => state.errorMessage)).toEqual(["one", "two", "three"]);
});

it("warnings whose values change with every poll are one run as well; another warning is not", () => {
  const warned = (value: string, code: "negative_count" | "fractional_count" = "negative_count") =>
    report(deployment({ warnings: [{ code, field: "updated_replicas", value }] }));
  const observations = last(
    [1_000, warned("-1")],
    [2_000, warned("-2")],
    [3_000, warned("-3")],
    [4_000, warned("0.5", "fractional_count")],
  ).picture.rollouts[0]?.observations;
  expect(observations?.map(({ at }) => at)).toEqual([1_000, 3_000, 4_000]);
});

it("no change of a count or status is lost, whatever the messages do", () => {
  const poll = fc.record({ updated: fc.nat(3), message: fc.option(fc.constantFrom("a", "b", "c", "d")) });
  fc.assert(
    fc.property(fc.array(poll, { minLength: 1, maxLength: 40 }), (polls) => {
      const followed = follow(
        ...polls.map(({ updated, message }, nth): [number, ReturnType<typeof report>] => [
          1_000 * (nth + 1),
          failing(message, updated),
        ]),
      );
      const observations = followed.at(-1)?.picture.rollouts[0]?.observations ?? [];
      const seen = (counts: readonly (number | null)[]) =>
        counts.filter((one, nth) => one !== counts[nth - 1]);
      expect(seen(observations.map(({ state }) => state.updatedReplicas))).toEqual(
        seen(polls.map(({ updated }) => updated)),
      );
      expect(observations.at(-1)?.state.errorMessage).toBe(polls.at(-1)?.message ?? null);
      expect(observations.map(({ at }) => at)).toEqual(
        observations.map(({ at }) => at).toSorted((a, b) => a - b),
      );
    }),
  );
});

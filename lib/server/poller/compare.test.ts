import { describe, expect, it } from "vitest";

import type { Cause } from "@/lib/domain/cause";

import { deployment, report } from "@/lib/domain/testing/rollouts";

import { follow, last } from "./testing/polls";

const paused: Cause = { code: "paused", message: "Asleep." };

describe("the first reply", () => {
  it("opens a span and records endpoint, rollouts and their states, with an unknown time of change", () => {
    const { recording, picture, gapStart } = last([1_000, report(deployment())]);
    expect(recording).toMatchObject({ endpointId: "acme-one", at: 1_000, span: { from: 1_000 } });
    expect(recording.endpoint).toMatchObject({ org: "acme", removedSince: null });
    expect(recording.rollouts).toMatchObject([
      {
        facts: { deploymentId: "d8", firstObservedAt: 1_000, endedAt: null, removed: null },
        observation: { at: 1_000, notBefore: null },
      },
    ]);
    expect(picture.span).toEqual({ from: 1_000, until: 1_000, brokenBy: null });
    expect(gapStart).toBeNull();
  });

  it("leaves the end of a rollout unknown if it had already ended", () => {
    const { recording } = last([1_000, report(deployment({ status: "done" }))]);
    expect(recording.rollouts[0]?.facts.endedAt).toBeNull();
    const again = last(
      [1_000, report(deployment({ status: "done" }))],
      [2_000, report(deployment({ status: "done" }))],
    );
    expect(again.picture.rollouts[0]?.facts.endedAt).toBeNull();
    expect(again.recording.rollouts).toEqual([]);
  });
});

describe("a later reply", () => {
  it("without a change only extends the span", () => {
    const { recording, picture, gapStart } = last(
      [1_000, report(deployment())],
      [2_000, report(deployment())],
    );
    expect(recording).toEqual({ endpointId: "acme-one", at: 2_000, span: { from: 1_000 }, rollouts: [] });
    expect(picture.span).toEqual({ from: 1_000, until: 2_000, brokenBy: null });
    expect(gapStart).toBeNull();
  });

  it("with another count places the change after the last poll, not after the last change", () => {
    const { recording, picture } = last(
      [1_000, report(deployment())],
      [2_000, report(deployment())],
      [3_000, report(deployment({ updatedReplicas: 7 }))],
    );
    expect(recording.rollouts).toMatchObject([
      { observation: { at: 3_000, notBefore: 2_000, state: { updatedReplicas: 7 } } },
    ]);
    expect(picture.rollouts[0]?.observations.map(({ at }) => at)).toEqual([1_000, 3_000]);
  });

  it("with a new deployment places its appearance after the last poll", () => {
    const { recording } = last(
      [1_000, report(deployment())],
      [2_000, report(deployment({}, "d9"), deployment())],
    );
    expect(recording.rollouts).toMatchObject([
      { facts: { deploymentId: "d9", firstObservedAt: 2_000 }, observation: { at: 2_000, notBefore: 1_000 } },
    ]);
  });

  it("with the same list in another order changes nothing", () => {
    const { recording } = last(
      [1_000, report(deployment(), deployment({}, "d9"))],
      [2_000, report(deployment({}, "d9"), deployment())],
    );
    expect(recording.rollouts).toEqual([]);
  });

  it("with another alias changes the facts and adds no observation", () => {
    const renamed = { ...deployment(), versionAlias: "stable" };
    const { recording } = last([1_000, report(deployment())], [2_000, report(renamed)]);
    expect(recording.rollouts).toMatchObject([{ facts: { versionAlias: "stable" }, observation: null }]);
  });

  it("with another date of change records the endpoint again", () => {
    const { recording } = last([1_000, report()], [2_000, { ...report(), updatedAt: 900 }]);
    expect(recording.endpoint).toMatchObject({ updatedAt: 900 });
  });
});

describe("the end of a rollout", () => {
  const rolling = report(deployment());
  const done = report(deployment({ status: "done", updatedReplicas: 12 }));

  it("is the first poll that saw it ended, and stays", () => {
    const [, end, after] = follow([1_000, rolling], [2_000, done], [3_000, done]);
    expect(end?.picture.rollouts[0]?.facts.endedAt).toBe(2_000);
    expect(after?.picture.rollouts[0]?.facts.endedAt).toBe(2_000);
    expect(after?.recording.rollouts).toEqual([]);
  });

  it("keeps only the newest observation in memory", () => {
    const { picture } = last([1_000, rolling], [2_000, done]);
    expect(picture.rollouts[0]?.observations).toHaveLength(1);
  });

  it("is removed when the rollout continues", () => {
    const { picture } = last([1_000, rolling], [2_000, done], [3_000, rolling]);
    expect(picture.rollouts[0]?.facts.endedAt).toBeNull();
  });
});

describe("an error message", () => {
  const failing = report(deployment({ errorMessage: "No capacity." }));

  it("is dated by its first observation until it changes or disappears", () => {
    const since = follow(
      [1_000, report(deployment())],
      [2_000, failing],
      [3_000, failing],
      [4_000, report(deployment({ errorMessage: "Worse." }))],
      [5_000, report(deployment())],
      [6_000, failing],
    ).map(({ picture }) => picture.rollouts[0]?.facts.errorSince);
    expect(since).toEqual([null, 2_000, 2_000, 4_000, null, 6_000]);
  });
});

describe("a gap", () => {
  it("ends the former span with its cause and opens a new one", () => {
    const { recording, picture, gapStart } = last(
      [1_000, report(deployment())],
      [2_000, report(deployment())],
      [90_000, report(deployment({ updatedReplicas: 8 })), paused],
    );
    expect(gapStart).toEqual({ endpointId: "acme-one", spanFrom: 1_000, cause: paused });
    expect(recording.span).toEqual({ from: 90_000 });
    expect(picture.span).toEqual({ from: 90_000, until: 90_000, brokenBy: null });
    expect(recording.rollouts).toMatchObject([{ observation: { at: 90_000, notBefore: 2_000 } }]);
  });
});

it("a rollout that changes with every poll and never ends keeps its first and its newest thousand observations", () => {
  const polls = Array.from({ length: 1_500 }, (_, index): [number, ReturnType<typeof report>] => [
    1_000 * (index + 1),
    report(deployment({ updatedReplicas: index % 9 })),
  ]);
  const observations = last(...polls).picture.rollouts[0]?.observations ?? [];
  expect(observations).toHaveLength(1_002);
  expect(observations[0]?.at).toBe(1_000);
  expect(observations.at(-1)?.at).toBe(1_500_000);
});

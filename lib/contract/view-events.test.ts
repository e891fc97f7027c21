import { describe, expect, it } from "vitest";

import { hour, minute } from "@/lib/domain/instant";
import { isOutageEvent, type RolloutEventKind } from "@/lib/domain/notable-event";

import type { EndpointView } from "./endpoint-view";
import type { RolloutView } from "./rollout-view";
import { findViewEvents, type SeenViews } from "./view-events";

const start = 10 * hour;

function rollout(change: Partial<RolloutView> = {}): RolloutView {
  return {
    ...{ deploymentId: "d8", model: null, version: "8", versionAlias: null, createdAt: start },
    ...{ status: "in_progress", displayState: "in_progress", reportedStatus: "in_progress" },
    ...{ updatedReplicas: 7, totalReplicas: 12, maxUnavailable: 2, guaranteedReplicas: 10 },
    ...{ errorMessage: null, errorSince: null, timeLeft: null, conditions: [], warnings: [] },
    ...{ firstObservedAt: start, startedAt: start, endedAt: null, noLongerReportedSince: null },
    ...change,
  };
}

function view(
  rollouts: readonly RolloutView[],
  change: Partial<EndpointView["freshness"]> = {},
): EndpointView {
  return {
    endpoint: { id: "acme-one", org: "acme", modelArch: null, createdAt: null, updatedAt: null },
    current: rollouts[0]?.deploymentId ?? null,
    rollouts: [...rollouts],
    warnings: [],
    freshness: { state: "live", observedAt: start + minute, cause: null, ...change },
    ...{ watchedSince: null, nextPollAt: null, build: "b" },
  };
}

function look(former: SeenViews | null, views: readonly EndpointView[], now = start + minute) {
  return findViewEvents({ former, views, now, after: 5 * minute });
}

function kindsBetween(from: readonly RolloutView[], to: readonly RolloutView[]): string[] {
  const first = look(null, [view(from)]);
  expect(first.events).toEqual([]);
  return look(first.seen, [view(to)]).events.map(({ kind }) => kind);
}

const condition = (code: "stalled" | "late" | "regressing" | "overlapping", since = start) => ({
  ...{ code, since, message: "A conclusion." },
});

describe("between two answers", () => {
  it.each<[Partial<RolloutView> | null, Partial<RolloutView>, RolloutEventKind[]]>([
    [null, { status: "not_started" }, []],
    [null, { status: "in_progress" }, ["started"]],
    [null, { status: "done", endedAt: start + 1 }, ["finished"]],
    [null, { status: "done", createdAt: start - 2 * hour }, []],
    [{ status: "not_started" }, { status: "in_progress" }, ["started"]],
    [{ status: "unknown" }, { status: "in_progress" }, []],
    [{}, { updatedReplicas: 8 }, []],
    [{}, { status: "done", endedAt: start + 1 }, ["finished"]],
    [{}, { status: "error", errorMessage: "out of memory" }, ["failed"]],
    [{}, { status: "rolling_back" }, ["rolling_back"]],
    [{ status: "rolling_back" }, { status: "rolled_back" }, ["rolled_back"]],
    [{}, { status: "cancelled" }, ["cancelled"]],
    [{ status: "error" }, { status: "in_progress" }, ["moving_again"]],
    [{}, { conditions: [condition("stalled")] }, ["stalled"]],
    [{ conditions: [condition("stalled")] }, { conditions: [condition("stalled")] }, []],
    [{ conditions: [condition("stalled")] }, { updatedReplicas: 8 }, ["moving_again"]],
    [{ conditions: [condition("stalled")] }, { status: "done" }, ["finished"]],
    [{}, { conditions: [condition("late"), condition("overlapping")] }, ["late"]],
    [{}, { noLongerReportedSince: start, status: "done" }, []],
  ])("%j → %j: %j", (from, to, kinds) => {
    expect(kindsBetween(from === null ? [] : [rollout(from)], [rollout(to)])).toEqual(kinds);
  });

  it("two tabs that see a change in different polls name it the same", () => {
    const first = look(null, [view([rollout()])]).seen;
    const ended = rollout({ status: "done", endedAt: start + 30_000 });
    const [one, other] = [1, 2].map((nth) =>
      look(first, [view([ended], { observedAt: start + nth * minute })]),
    );
    expect(one?.events.map(({ key }) => key)).toEqual(other?.events.map(({ key }) => key));
    expect(one?.events[0]).toMatchObject({ at: start + 30_000, endpointId: "acme-one", deploymentId: "d8" });
  });

  it("an endpoint that comes into view is no event, nor is one that leaves it", () => {
    const first = look(null, []);
    const second = look(first.seen, [view([rollout()])]);
    expect(second.events).toEqual([]);
    expect(look(second.seen, []).events).toEqual([]);
  });
});

describe("an outage", () => {
  const cause = { code: "unreachable", message: "Cannot be reached.", since: start, retryAt: null } as const;
  const blind = view([rollout()], { state: "blind", observedAt: start, cause });

  it("is an event once it has lasted, once, and its end is another", () => {
    const seeing = look(null, [view([rollout()])]);
    const early = look(seeing.seen, [blind], start + 4 * minute);
    expect(early.events).toEqual([]);
    const late = look(early.seen, [blind], start + 5 * minute);
    expect(late.events).toMatchObject([{ kind: "blind", from: start, endpointIds: ["acme-one"] }]);
    const still = look(late.seen, [blind], start + 6 * minute);
    expect(still.events).toEqual([]);
    const again = look(still.seen, [view([rollout()])], start + 7 * minute);
    expect(again.events.filter(isOutageEvent)).toMatchObject([{ kind: "seeing_again", from: start }]);
  });

  it("that the page came with is none", () => {
    const first = look(null, [blind], start + 9 * minute);
    expect(first.events).toEqual([]);
    expect(look(first.seen, [blind], start + 10 * minute).events).toEqual([]);
  });
});

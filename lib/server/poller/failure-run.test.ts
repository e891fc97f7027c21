import { describe, expect, it } from "vitest";

import type { Cause } from "@/lib/domain/cause";
import type { FailureRun } from "@/lib/domain/freshness";

import { deployment, report } from "@/lib/domain/testing/rollouts";

import { compareReport } from "./compare";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";
import { concludeNotFound, extendRun, turnsBlind } from "./failure-run";

const unreachable: Cause = { code: "unreachable", message: "Cerebras cannot be reached." };
const notFound: Cause = { code: "not_found", message: "Cerebras does not know this endpoint." };
const rejected: Cause = { code: "key_rejected", message: "Cerebras rejects the key." };

/** The run after these failures, one a second from 1,000. */
function runOf(...causes: Cause[]): FailureRun | null {
  return causes.reduce<FailureRun | null>((former, cause, index) => {
    const at = (index + 1) * 1_000;
    return extendRun(former, cause, { at, retryAt: at + 500 });
  }, null);
}

describe("a run of failures", () => {
  it("counts, keeps its start, and reports the newest cause and the next attempt", () => {
    expect(runOf(unreachable, unreachable, rejected)).toEqual({
      count: 3,
      cause: { ...rejected, since: 1_000, retryAt: 3_500 },
    });
  });

  it("turns blind once: with the third failure, or at once when the key is rejected", () => {
    const once = runOf(unreachable);
    const twice = runOf(unreachable, unreachable);
    const thrice = extendRun(twice, unreachable, { at: 3_000, retryAt: 3_500 });
    expect(turnsBlind(null, extendRun(null, unreachable, { at: 1_000, retryAt: 2_000 }))).toBe(false);
    expect(turnsBlind(twice, thrice)).toBe(true);
    expect(turnsBlind(thrice, extendRun(thrice, rejected, { at: 4_000, retryAt: 5_000 }))).toBe(false);
    expect(turnsBlind(once, extendRun(once, rejected, { at: 2_000, retryAt: 3_000 }))).toBe(true);
  });
});

describe("404 answers", () => {
  const picture = compareReport({
    former: null,
    report: report(deployment()),
    at: 500,
    broken: null,
  }).picture;
  const seen: EndpointState = { ...newEndpointState("acme-one", 1_000), picture };

  function conclude(
    notFoundInRow: number,
    listed: { ids: ReadonlySet<string>; at: number } | null,
    endpointState = seen,
  ) {
    const failures = runOf(...Array.from({ length: notFoundInRow }, () => notFound));
    return concludeNotFound({ ...endpointState, notFoundInRow, failures }, notFound, listed).code;
  }

  it("conclude nothing before the third", () => {
    expect(conclude(0, { ids: new Set(), at: 9_000 })).toBe("not_found");
    expect(conclude(1, { ids: new Set(), at: 9_000 })).toBe("not_found");
  });

  it("conclude nothing about an endpoint that was never seen", () => {
    expect(conclude(7, { ids: new Set(), at: 9_000 }, newEndpointState("acme-one", 1_000))).toBe("not_found");
  });

  it("mean that the endpoint was delisted if a later listing lacks it", () => {
    expect(conclude(2, { ids: new Set(["acme-two"]), at: 1_500 })).toBe("no_longer_listed");
  });

  it("mean that access is lost if a later listing still names it", () => {
    expect(conclude(2, { ids: new Set(["acme-one"]), at: 1_500 })).toBe("access_lost");
  });

  it("mean that access is lost if there was no later listing", () => {
    expect(conclude(2, null)).toBe("access_lost");
    expect(conclude(2, { ids: new Set(), at: 999 })).toBe("access_lost");
  });
});

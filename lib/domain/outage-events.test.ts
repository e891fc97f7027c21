import { describe, expect, it } from "vitest";

import type { CauseCode } from "./cause";
import { minute } from "./instant";
import { findOutageEvents, type OpenOutage, type WatchedEndpoint } from "./outage-events";

const after = 5 * minute;
const passing = { code: "timed_out", message: "Because." } as const;

function failing(endpointId: string, lastSeenAt: number, code: CauseCode = "key_rejected"): WatchedEndpoint {
  const cause = { code, message: "Because.", since: lastSeenAt + 1, retryAt: null };
  return { endpointId, lastSeenAt, seenSince: 0, isConfirmed: true, failures: { count: 3, cause } };
}

function seen(endpointId: string, lastSeenAt: number, seenSince = 0): WatchedEndpoint {
  return { endpointId, lastSeenAt, seenSince, isConfirmed: true, failures: null };
}

function find(endpoints: readonly WatchedEndpoint[], now: number, open: readonly OpenOutage[] = []) {
  return findOutageEvents({ org: "acme", endpoints, open, now, after });
}

const forty = Array.from({ length: 40 }, (_, nth) => failing(`acme-${nth}`, 1_000 + nth));

describe("an outage", () => {
  it("of 40 endpoints behind one key is one event, after a while", () => {
    expect(find(forty, 1_000 + after - 1).events).toEqual([]);
    const { events, open } = find(forty, 1_000 + after);
    expect(events).toMatchObject([{ kind: "blind", from: 1_000, endpointCount: 40, org: "acme" }]);
    expect(find(forty, 1_000 + 9 * after, open)).toEqual({ events: [], open });
  });

  it("has the same key when the failures of some endpoints begin again after a restart", () => {
    const key = find(forty, 1_000 + after).events[0]?.key;
    expect(find(forty.toReversed(), 1_000 + 3 * after).events[0]?.key).toBe(key);
  });

  it("of two reasons is two events, and a changed way of not being reachable is none", () => {
    const two = find([failing("a", 0), failing("b", 0, "unreadable_reply")], after);
    expect(two.events.map(({ cause }) => cause.code)).toEqual(["key_rejected", "unreadable_reply"]);
    const { open } = find([failing("a", 0, "timed_out")], after);
    expect(find([failing("a", 0, "unreachable")], 2 * after, open).events).toEqual([]);
  });

  it("ends once, when all of its endpoints are seen again", () => {
    const { open } = find([failing("a", 0), failing("b", 0)], after);
    const partly = find([seen("a", 2 * after), failing("b", 0)], 2 * after, open);
    expect(partly).toEqual({ events: [], open });
    const unsure = {
      ...failing("b", 0),
      failures: { count: 1, cause: { ...passing, since: 0, retryAt: null } },
    };
    expect(find([seen("a", 2 * after), unsure], 2 * after, open).events).toEqual([]);
    const again = 2 * after + minute;
    const all = (now: number) => find([seen("a", now), seen("b", now, again)], now, open);
    expect(all(again + 2 * minute - 1).events).toEqual([]);
    const ended = all(again + 2 * minute);
    expect(ended.events).toMatchObject([{ kind: "seeing_again", at: again, from: 0 }]);
    expect(ended.open).toEqual([]);
  });

  it("that comes and goes is one", () => {
    const { open } = find([failing("a", 0)], after);
    const between = 2 * after;
    expect(find([seen("a", between + minute, between)], between + minute, open).events).toEqual([]);
    const later = find([failing("a", between + minute)], between + minute + after, open);
    expect(later).toEqual({ events: [], open });
  });

  it("whose reason changes is one, and what fails long after it began is another", () => {
    const { open } = find([failing("a", 0, "not_found")], after);
    expect(find([failing("a", 0, "timed_out")], 2 * after, open).events).toEqual([]);
    const both = [failing("a", 0, "not_found"), failing("b", 3 * after, "timed_out")];
    expect(find(both, 4 * after, open).events).toMatchObject([{ kind: "blind", endpointIds: ["b"] }]);
  });

  it("does not end because Rollcall was restarted and has not asked yet", () => {
    const { open } = find([failing("a", 0)], after);
    const unasked = { ...seen("a", 0), isConfirmed: false };
    expect(find([unasked], 2 * after, open).events).toEqual([]);
  });
});

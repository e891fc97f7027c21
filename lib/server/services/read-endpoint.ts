import "server-only";

import { endpointViewSchema, type EndpointView } from "@/lib/contract/endpoint-view";
import type { Polled } from "@/lib/contract/polled";
import { judgeFreshness } from "@/lib/domain/freshness";
import type { Moment } from "@/lib/server/clock";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { rollcall } from "@/lib/server/wiring";

import { readClockWarning } from "./clock-warning";
import { encode, type Encoded } from "./encoded";
import { toHistoryWarning } from "./history-warning";
import { toAge } from "./poll-schedule";
import { toEndpointView } from "./to-endpoint-view";

export type Answer<T> = Polled<T> & Encoded<T>;

const encodedViews = new WeakMap<EndpointState, { key: string; encoded: Encoded<EndpointView> }>();

/** One endpoint as it is known now, from memory; null when it is not watched. */
export function readEndpoint(endpointId: string): Promise<Answer<EndpointView> | null> {
  const { endpointStore, clock, schedule } = rollcall();
  const endpointState = endpointStore.get(endpointId);
  if (endpointState === undefined) return Promise.resolve(null);
  const now = clock();
  const encoded = encodeView(endpointState, now);
  return Promise.resolve({
    ...encoded,
    age: toAge(endpointState, now),
    nextPollIn: schedule.nextPollIn(endpointState, now),
  });
}

/** The view of one endpoint, encoded once for as long as neither the poll nor its freshness changes. */
export function encodeView(endpointState: EndpointState, now: Moment): Encoded<EndpointView> {
  const freshness = judge(endpointState, now);
  const warnings = [...toHistoryWarning(), ...readClockWarning()];
  const key = `${freshness.state} ${warnings.map(({ message }) => message).join(" ")}`;
  const known = encodedViews.get(endpointState);
  if (known?.key === key) return known.encoded;
  const view = toEndpointView(endpointState, freshness, warnings);
  const named = { ...view, nextPollAt: null, freshness: { ...view.freshness, observedAt: null } };
  const encoded = encode(endpointViewSchema, view, named);
  encodedViews.set(endpointState, { key, encoded });
  return encoded;
}

/** Judges by the monotonic age, so that a clock that jumps makes nothing old or new. */
function judge(endpointState: EndpointState, now: Moment) {
  const observedAt = endpointState.picture?.span.until ?? null;
  const age = toAge(endpointState, now) ?? 0;
  return judgeFreshness({
    observedAt,
    interval: endpointState.interval,
    failures: endpointState.failures,
    now: (observedAt ?? 0) + age,
  });
}

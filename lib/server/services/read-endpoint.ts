import "server-only";

import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { Polled } from "@/lib/contract/polled";
import { judgeFreshness } from "@/lib/domain/freshness";
import type { EndpointMemory, Moment } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import { readClockWarning } from "./clock-warning";
import { encode, type Encoded } from "./encoded";
import { toHistoryWarning } from "./history-warning";
import { toAge } from "./poll-hints";
import { toEndpointView } from "./to-endpoint-view";

export type Answer<T> = Polled<T> & Encoded<T>;

const encodedViews = new WeakMap<EndpointMemory, { key: string; encoded: Encoded<EndpointView> }>();

/** One endpoint as it is known now, from memory; null when it is not watched. */
export function readEndpoint(endpointId: string): Promise<Answer<EndpointView> | null> {
  const { board, clock, schedule } = rollcall();
  const memory = board.get(endpointId);
  if (memory === undefined) return Promise.resolve(null);
  const now = clock();
  const encoded = encodeView(memory, now);
  return Promise.resolve({
    ...encoded,
    age: toAge(memory, now),
    nextPollIn: schedule.nextPollIn(memory, now),
  });
}

/** The view of one endpoint, encoded once for as long as neither the poll nor its freshness changes. */
export function encodeView(memory: EndpointMemory, now: Moment): Encoded<EndpointView> {
  const freshness = judge(memory, now);
  const warnings = [...toHistoryWarning(), ...readClockWarning()];
  const key = `${freshness.state} ${warnings.map(({ message }) => message).join(" ")}`;
  const known = encodedViews.get(memory);
  if (known?.key === key) return known.encoded;
  const view = toEndpointView(memory, freshness, warnings);
  const named = { ...view, nextPollAt: null, freshness: { ...view.freshness, observedAt: null } };
  const encoded = encode(view, named);
  encodedViews.set(memory, { key, encoded });
  return encoded;
}

/** Judges by the monotonic age, so that a clock that jumps makes nothing old or new. */
function judge(memory: EndpointMemory, now: Moment) {
  const observedAt = memory.picture?.span.until ?? null;
  const age = toAge(memory, now) ?? 0;
  return judgeFreshness({
    observedAt,
    interval: memory.interval,
    failures: memory.failures,
    now: (observedAt ?? 0) + age,
  });
}

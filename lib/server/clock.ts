import "server-only";

import { performance } from "node:perf_hooks";

import type { Duration, Instant } from "@/lib/domain/instant";

/** A moment in both clocks: `at` for people, `tick` (monotonic milliseconds) for measuring. */
export type Moment = { at: Instant; tick: Duration };

/** Reads both clocks at once: the wall's for people, the monotonic one for intervals and ages. */
export type Clock = () => Moment;

export const systemClock: Clock = () => ({ at: Date.now(), tick: performance.now() });

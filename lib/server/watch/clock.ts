import "server-only";

import { performance } from "node:perf_hooks";

import type { Moment } from "./endpoint-memory";

/** Reads both clocks at once: the wall's for people, the monotonic one for intervals and ages. */
export type Clock = () => Moment;

export const systemClock: Clock = () => ({ at: Date.now(), tick: performance.now() });

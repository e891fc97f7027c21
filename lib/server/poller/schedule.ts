import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { Clock } from "@/lib/server/clock";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import type { EndpointStore } from "@/lib/server/state/endpoint-store";

import { replan, type Intervals } from "./plan-intervals";
import type { Timers } from "./timers";
import type { WatchSettings } from "./watch-settings";

/** Plans the next poll of each endpoint of one organization, and shows the plan in the endpoint store. */
export function createSchedule(parts: {
  settings: WatchSettings;
  endpointStore: EndpointStore;
  timers: Timers;
  clock: Clock;
  poll: (endpointId: string) => Promise<void>;
}) {
  const { settings, endpointStore, timers, clock, poll } = parts;

  function plan(endpointState: EndpointState, delay: Duration): void {
    const { at, tick } = clock();
    const { endpointId } = endpointState;
    endpointStore.set({ ...endpointState, nextPoll: { at: at + delay, tick: tick + delay } });
    timers.plan(endpointId, delay, () => poll(endpointId));
  }

  return {
    /** After a poll. An endpoint that is gone from the store belongs to another organization, or to none. */
    planAgain: (endpointId: string, delay: Duration): void => {
      const endpointState = endpointStore.get(endpointId);
      if (endpointState === undefined) timers.end(endpointId);
      else plan({ ...endpointState, plannedWith: endpointState.interval }, delay);
    },
    /**
     * Polls an endpoint as often as one on which something moves, once: this is not earlier than that interval after the
     * last poll. A poll under way, and one of an endpoint that fails, stay as they are.
     */
    pollSoon: (endpointId: string): void => {
      const endpointState = endpointStore.get(endpointId);
      if (endpointState?.nextPoll == null || endpointState.failures !== null) return;
      const { tick } = clock();
      const allowed = Math.max(tick, (endpointState.observedTick ?? 0) + settings.pollActive);
      if (endpointState.nextPoll.tick > allowed) plan(endpointState, allowed - tick);
    },
    /** Updates the intervals. Endpoints whose planned wait is now longer than their interval are polled sooner. Returns them. */
    setIntervals: (): Intervals => {
      const { tick } = clock();
      const intervals = replan(endpointStore, settings, tick);
      for (const endpointState of endpointStore.all()) {
        const { failures, interval, nextPoll, observedTick } = endpointState;
        if (failures !== null || nextPoll === null || observedTick === null) continue;
        if (nextPoll.tick - tick > interval) plan(endpointState, Math.max(0, observedTick + interval - tick));
      }
      return intervals;
    },
  };
}

import "server-only";

import { setTimeout as wait } from "node:timers/promises";

import { second } from "@/lib/domain/instant";
import type { LeaderElection } from "@/lib/server/leader/leader-election";
import type { Waiters } from "@/lib/server/services/waiters";

const leaseTimeout = 2 * second;
const exitTimeout = 3 * second;

/**
 * On a signal, first answers requests that wait, and gives up leadership, so that another instance can take over; then
 * calls Next's own listeners, which stop listening, finish open responses and end the process. Idle connections, which
 * browsers open ahead of time, would delay that by a minute, so the process ends after 3 s in any case.
 */
export function stopOnSignal(election: Pick<LeaderElection, "stop">, waiters: Pick<Waiters, "end">): void {
  for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    const closers = process.listeners(signal);
    process.removeAllListeners(signal);
    process.once(signal, () => {
      setTimeout(() => process.exit(code), exitTimeout).unref();
      waiters.end();
      void Promise.race([election.stop(), wait(leaseTimeout)]).then(() => {
        for (const close of closers) close(signal);
      });
    });
  }
}

import "server-only";

import type { Duration, Instant } from "@/lib/domain/instant";
import type { NotableEvent } from "@/lib/domain/notable-event";
import type { Outcome } from "@/lib/server/db/deliveries";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Channel, Outgoing } from "./channel";

/** What the queue of one channel works with. */
export type QueueParts = {
  channel: Channel;
  deliveries: Pick<HistoryStore["deliveries"], "claim" | "settle" | "nextDue" | "threadReceipt">;
  fencingToken: number | null;
  now: () => Instant;
  log: Log;
  toOutgoing: (id: string, event: NotableEvent) => Outgoing;
  onLostLeadership: () => void;
  /** Called after every attempt that was not interrupted; `waiting`: it is tried again. */
  onAttempt?: ((channel: string, outcome: Outcome["state"]) => void) | undefined;
  /** The first wait after a failure. */
  firstBackOff?: Duration | undefined;
};

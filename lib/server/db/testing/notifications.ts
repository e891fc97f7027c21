import { rolloutEvent } from "@/lib/domain/testing/events";
import {
  threadOf,
  type OutageEvent,
  type RolloutEvent,
  type RolloutEventKind,
} from "@/lib/domain/notable-event";

import type { Entry } from "../recording";

/** The entry of an event about one deployment, for these channels. Its id is `<deployment>-<kind>`. */
export function notification(
  kind: RolloutEventKind,
  changes: Partial<RolloutEvent> = {},
  channels: readonly string[] = ["team"],
): Entry & { kind: "notification" } {
  const event = rolloutEvent(kind, changes);
  return {
    ...{ kind: "notification", endpointId: event.endpointId, id: `${event.deploymentId}-${kind}`, event },
    destinations: channels.map((channel) => ({ channel, isQuiet: false, thread: threadOf(event) })),
  };
}

/** The entry of an outage that began at `from`, or of its end. */
export function outageNotification(kind: OutageEvent["kind"], from: number): Entry {
  const cause = { code: "key_rejected", message: "Cerebras rejects the key." } as const;
  return {
    ...{ kind: "notification", endpointId: "acme-one", id: `${kind}-${from}`, destinations: [] },
    event: {
      ...{ kind, key: `${kind}-${from}`, at: from + 1_000, org: "acme", from, cause },
      ...{ endpointIds: ["acme-one"], endpointCount: 1 },
    },
  };
}

import "server-only";

import type { Entry } from "@/lib/server/db/recording";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** What people are notified about after a good poll, as entries that are written with the poll's own. */
export type Notifier = { afterAnswer: (former: EndpointState, next: EndpointState) => Promise<Entry[]> };

export const silent: Notifier = { afterAnswer: () => Promise.resolve([]) };

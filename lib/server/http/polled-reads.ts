import "server-only";

import { findContext } from "@/lib/server/context";
import { readEndpoint } from "@/lib/server/services/endpoints";
import { readFleet } from "@/lib/server/services/fleet";
import { readReadiness } from "@/lib/server/services/site";
import { readWait } from "@/lib/server/services/wait";
import type { Soon } from "@/lib/server/soon";

import { endpointRead, sharedRead, siteRead, type ReadOperation, type ReadRequest } from "./read-operation";
import type { Reply } from "./reply";

/** Every watched endpoint that the client may see, and what the poller is doing. */
export const fleetRead = siteRead("fleet:read", (ctx, { principal, query }) =>
  readFleet(ctx, { principal, since: query.get("since") }),
);

/** One endpoint as it is known now. */
export const endpointViewRead: ReadOperation<{ endpointId: string }> = endpointRead(
  "endpoint:read",
  (ctx, { params }) => readEndpoint(ctx, params),
);

/** How a rollout of an endpoint ends, once that is known. */
export const waitRead: ReadOperation<{ endpointId: string }> = endpointRead(
  "endpoint:read",
  (ctx, { params: { endpointId }, query, recheck }, { signal }) =>
    readWait(ctx, { endpointId, query, recheck, signal }),
);

/** The endpoint that a guest link opens, as it is known now. */
export const sharedViewRead = sharedRead(readEndpoint);

const probeHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** Whether the process answers at all. */
export function readLiveness(): Reply {
  return {
    status: 200,
    headers: { ...probeHeaders, "content-type": "text/plain;charset=UTF-8" },
    bytes: alive,
  };
}

/** Whether this instance watches and saves: 200, or 503 with the reasons. */
export function readReady(): Reply {
  const readiness = readReadiness(findContext());
  return {
    status: readiness.isReady ? 200 : 503,
    headers: { ...probeHeaders, "content-type": "application/json" },
    bytes: new TextEncoder().encode(JSON.stringify(readiness)),
  };
}

const alive = new TextEncoder().encode("alive\n");

type PolledRead = (request: ReadRequest) => Soon<Reply>;

/** What pages and health checks ask over and over, by path. */
const byPath = new Map<string, PolledRead>([
  ["/api/v1/endpoints", (request) => fleetRead(request, {})],
  ["/api/v1/shared", (request) => sharedViewRead(request, {})],
  ["/livez", () => readLiveness()],
  ["/readyz", () => readReady()],
]);

/** Ids that need no decoding; others are left to Next. */
const oneEndpoint = /^\/api\/v1\/endpoints\/(\w[\w.-]*)(\/wait)?$/;

/** How to answer a GET of this path and query without Next; null for everything that Next has to answer. */
export function findPolledRead(url: string): PolledRead | null {
  const end = url.indexOf("?");
  const path = end === -1 ? url : url.slice(0, end);
  const known = byPath.get(path);
  if (known !== undefined) return known;
  const [, endpointId, wait] = oneEndpoint.exec(path) ?? [];
  if (endpointId === undefined) return null;
  // Of requests that wait there can be many, which Next would keep far more for.
  const read = wait === undefined ? endpointViewRead : waitRead;
  return (request) => read(request, { endpointId });
}

import { getRoute } from "@/lib/server/http/read-route";
import { readFleetEvents } from "@/lib/server/services/fleet-events";

/** What was recorded about all endpoints, oldest first. */
export const GET = getRoute("events:read", (ctx, { principal, query }) =>
  readFleetEvents(ctx, { principal, query }),
);

import { getRoute } from "@/lib/server/http/read-route";
import { readFleet } from "@/lib/server/services/fleet";

/** Every watched endpoint that the client may see, and what the poller is doing. */
export const GET = getRoute("fleet:read", (ctx, { principal, query }) =>
  readFleet(ctx, { principal, since: query.get("since") }),
);

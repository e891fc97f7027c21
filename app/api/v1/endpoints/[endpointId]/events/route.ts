import { endpointRoute } from "@/lib/server/http/read-route";
import { readEvents } from "@/lib/server/services/events";

/** The newest events of one endpoint. */
export const GET = endpointRoute("endpoint:read", (ctx, { params }) => readEvents(ctx, params));

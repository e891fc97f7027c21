import { endpointRoute } from "@/lib/server/http/get-route";
import { readEvents } from "@/lib/server/services/read-events";

/** The newest events of one endpoint. */
export const GET = endpointRoute("endpoint:read", ({ endpointId }) => readEvents(endpointId));

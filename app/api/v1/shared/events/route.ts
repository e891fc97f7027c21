import { sharedRoute } from "@/lib/server/http/shared-route";
import { readEvents } from "@/lib/server/services/read-events";

/** The newest events of the endpoint that a guest's link opens. */
export const GET = sharedRoute((endpointId) => readEvents(endpointId));

import { endpointRoute } from "@/lib/server/http/get-route";
import { readEndpoint } from "@/lib/server/services/read-endpoint";

/** One endpoint as it is known now. */
export const GET = endpointRoute("endpoint:read", ({ endpointId }) => readEndpoint(endpointId));

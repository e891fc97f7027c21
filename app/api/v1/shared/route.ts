import { sharedRoute } from "@/lib/server/http/shared-route";
import { readEndpoint } from "@/lib/server/services/read-endpoint";

/** The endpoint that a guest's link opens, as it is known now. */
export const GET = sharedRoute((endpointId) => readEndpoint(endpointId));

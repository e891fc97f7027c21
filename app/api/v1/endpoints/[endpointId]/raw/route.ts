import { endpointRoute } from "@/lib/server/http/get-route";
import { readRawReply } from "@/lib/server/services/read-raw-reply";

/** The last readable reply about one endpoint, verbatim. */
export const GET = endpointRoute("endpoint:inspect", ({ endpointId }) => readRawReply(endpointId));

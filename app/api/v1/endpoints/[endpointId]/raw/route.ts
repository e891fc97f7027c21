import { getRoute } from "@/lib/server/http/get-route";
import { readRawReply } from "@/lib/server/services/read-raw-reply";

/** The last readable reply about one endpoint, verbatim. */
export const GET = getRoute(({ endpointId }: { endpointId: string }) => readRawReply(endpointId));

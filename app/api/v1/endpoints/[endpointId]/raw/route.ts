import { endpointRoute } from "@/lib/server/http/read-route";
import { readRawReply } from "@/lib/server/services/endpoints";

/** The last reply about one endpoint, verbatim. */
export const GET = endpointRoute("endpoint:inspect", (ctx, { params }) => readRawReply(ctx, params));

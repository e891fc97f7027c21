import { endpointRoute } from "@/lib/server/http/read-route";
import { readEndpoint } from "@/lib/server/services/endpoints";

/** One endpoint as it is known now. */
export const GET = endpointRoute("endpoint:read", (ctx, { params }) => readEndpoint(ctx, params));

import { refreshViewSchema } from "@/lib/contract/wait";
import { endpointCallerRoute } from "@/lib/server/http/change-route";
import { refreshEndpoint } from "@/lib/server/services/refresh";

/** Has an endpoint polled early. */
export const POST = endpointCallerRoute(
  "endpoint:refresh",
  refreshViewSchema,
  (ctx, { params }: { params: { endpointId: string } }) => refreshEndpoint(ctx, params),
);

import { mutedSchema, muteRequestSchema } from "@/lib/contract/mute";
import { endpointChangeRoute, nothingSchema, type PersonRequest } from "@/lib/server/http/change-route";
import { endpointRoute } from "@/lib/server/http/read-route";
import { muteEndpoint, readMuted, unmuteEndpoint } from "@/lib/server/services/mutes";

type Params = { endpointId: string };

/** Whether notifications about an endpoint are muted. */
export const GET = endpointRoute("endpoint:mute", (ctx, { params }: { params: Params }) =>
  readMuted(ctx, params),
);

/** Mutes notifications about an endpoint for a while. */
export const POST = endpointChangeRoute(
  "endpoint:mute",
  { body: muteRequestSchema, answer: mutedSchema },
  (ctx, { person, params, body }: PersonRequest<Params, { minutes: number }>) =>
    muteEndpoint(ctx, { person, ...params, ...body }),
);

/** Ends a mute. */
export const DELETE = endpointChangeRoute(
  "endpoint:mute",
  { body: nothingSchema, answer: mutedSchema },
  (ctx, { person, params }: PersonRequest<Params>) => unmuteEndpoint(ctx, { person, ...params }),
);

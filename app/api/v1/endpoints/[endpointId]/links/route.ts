import { guestLinkRequestSchema, newGuestLinkSchema } from "@/lib/contract/guest-link";
import { endpointChangeRoute } from "@/lib/server/http/change-route";
import { endpointRoute } from "@/lib/server/http/read-route";
import { createGuestLink, readGuestLinks } from "@/lib/server/services/guest-links";

/** The guest links of one endpoint that are still valid. */
export const GET = endpointRoute("endpoint:share", (ctx, { params }) => readGuestLinks(ctx, params));

/** Creates a guest link; its address is in this response and nowhere else. */
export const POST = endpointChangeRoute(
  "endpoint:share",
  { body: guestLinkRequestSchema, answer: newGuestLinkSchema },
  (ctx, { person, params, body }) =>
    createGuestLink(ctx, { person, endpointId: params.endpointId, request: body }),
);

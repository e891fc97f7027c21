import { guestLinkRequestSchema } from "@/lib/contract/guest-link";
import { endpointChangeRoute } from "@/lib/server/http/change-route";
import { endpointRoute } from "@/lib/server/http/get-route";
import { createGuestLink, readGuestLinks } from "@/lib/server/services/guest-links";

/** The guest links of one endpoint that still open. */
export const GET = endpointRoute("endpoint:share", ({ endpointId }) => readGuestLinks(endpointId));

/** Makes a guest link; its address is in this answer and nowhere else. */
export const POST = endpointChangeRoute(
  "endpoint:share",
  guestLinkRequestSchema,
  (person, { params, body }) => createGuestLink(person, params.endpointId, body),
);

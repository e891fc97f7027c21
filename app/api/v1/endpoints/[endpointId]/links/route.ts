import { guestLinkOrderSchema } from "@/lib/contract/guest-link";
import { changeRoute } from "@/lib/server/http/change-route";
import { getRoute } from "@/lib/server/http/get-route";
import { createGuestLink, readGuestLinks } from "@/lib/server/services/guest-links";

/** The guest links of one endpoint that still open. */
export const GET = getRoute(({ endpointId }: { endpointId: string }) => readGuestLinks(endpointId));

/** Makes a guest link; its address is in this answer and nowhere else. */
export const POST = changeRoute(guestLinkOrderSchema, ({ endpointId }: { endpointId: string }, order) =>
  createGuestLink(endpointId, order),
);

import { revocationSchema } from "@/lib/contract/guest-link";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { revokeGuestLink } from "@/lib/server/services/guest-links";

/** Revokes a guest link, from its next request on. */
export const DELETE = personChangeRoute(
  "session:read",
  { body: nothingSchema, answer: revocationSchema },
  (ctx, { person, params }: PersonRequest<{ linkId: string }>) =>
    revokeGuestLink(ctx, { person, linkId: params.linkId }),
);

import { nothingSchema } from "@/lib/contract/nothing";
import { personRoute } from "@/lib/server/http/change-route";
import { revokeGuestLink } from "@/lib/server/services/guest-links";

/** Revokes a guest link: its next request fails. */
export const DELETE = personRoute(
  "session:read",
  nothingSchema,
  (person, { params }: { params: { linkId: string } }) => revokeGuestLink(person, params.linkId),
);

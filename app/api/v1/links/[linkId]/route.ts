import { nothingSchema } from "@/lib/contract/guest-link";
import { changeRoute } from "@/lib/server/http/change-route";
import { revokeGuestLink } from "@/lib/server/services/guest-links";

/** Revokes a guest link: its next request fails. */
export const DELETE = changeRoute(nothingSchema, async ({ linkId }: { linkId: string }) =>
  (await revokeGuestLink(linkId)) ? { isRevoked: true } : null,
);

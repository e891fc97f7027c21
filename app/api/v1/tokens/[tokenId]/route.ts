import { revocationSchema } from "@/lib/contract/guest-link";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { revokeServiceToken } from "@/lib/server/services/service-tokens";

/** Revokes a service token: its next request fails. */
export const DELETE = personChangeRoute(
  "token:manage",
  { body: nothingSchema, answer: revocationSchema },
  (ctx, { person, params: { tokenId } }: PersonRequest<{ tokenId: string }>) =>
    revokeServiceToken(ctx, { person, tokenId }),
);

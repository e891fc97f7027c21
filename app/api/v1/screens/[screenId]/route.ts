import { revocationSchema } from "@/lib/contract/guest-link";
import { changedScreenSchema, screenChangeSchema, type ScreenChange } from "@/lib/contract/screen";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { changeScreen, revokeScreen } from "@/lib/server/services/screens";

type Params = { screenId: string };

/** Renames a screen, or changes what it displays within 15 s. */
export const PATCH = personChangeRoute(
  "screen:list",
  { body: screenChangeSchema, answer: changedScreenSchema },
  (ctx, { person, params, body }: PersonRequest<Params, ScreenChange>) =>
    changeScreen(ctx, { person, screenId: params.screenId, change: body }),
);

/** Revokes a screen's pass, from its next request on. */
export const DELETE = personChangeRoute(
  "screen:list",
  { body: nothingSchema, answer: revocationSchema },
  (ctx, { person, params }: PersonRequest<Params>) =>
    revokeScreen(ctx, { person, screenId: params.screenId }),
);

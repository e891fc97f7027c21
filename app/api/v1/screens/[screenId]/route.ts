import { nothingSchema } from "@/lib/contract/nothing";
import { screenChangeSchema, type ScreenChange } from "@/lib/contract/screen";
import { personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { changeScreen, revokeScreen } from "@/lib/server/services/screens";

type Params = { screenId: string };

/** Renames a screen, or changes what it displays within 15 s. */
export const PATCH = personChangeRoute(
  "screen:list",
  screenChangeSchema,
  (ctx, { person, params, body }: PersonRequest<Params, ScreenChange>) =>
    changeScreen(ctx, { person, screenId: params.screenId, change: body }),
);

/** Revokes a screen's pass, from its next request on. */
export const DELETE = personChangeRoute(
  "screen:list",
  nothingSchema,
  (ctx, { person, params }: PersonRequest<Params>) =>
    revokeScreen(ctx, { person, screenId: params.screenId }),
);

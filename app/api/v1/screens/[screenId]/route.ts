import { nothingSchema } from "@/lib/contract/nothing";
import { screenChangeSchema } from "@/lib/contract/screen";
import { personRoute } from "@/lib/server/http/change-route";
import { changeScreen, revokeScreen } from "@/lib/server/services/screens";

/** Renames a screen, or has it show something else within 15 s. */
export const PATCH = personRoute(
  "screen:list",
  screenChangeSchema,
  (person, { params, body }: { params: { screenId: string }; body: Parameters<typeof changeScreen>[2] }) =>
    changeScreen(person, params.screenId, body),
);

/** Takes a screen its pass: its next request fails. */
export const DELETE = personRoute(
  "screen:list",
  nothingSchema,
  (person, { params }: { params: { screenId: string } }) => revokeScreen(person, params.screenId),
);

import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChangeResponse } from "@/lib/server/http/change-route";
import { beginPairing } from "@/lib/server/services/pairings";

/** A code for a screen to show until a signed-in person approves it. */
export const POST = changeRoute("public:enter", nothingSchema, async (ctx, { headers }) => {
  const { view, cookies } = await beginPairing(ctx, headers);
  return toChangeResponse(view, cookies);
});

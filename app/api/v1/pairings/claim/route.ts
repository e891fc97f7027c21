import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChangeResponse } from "@/lib/server/http/change-route";
import { claimPass } from "@/lib/server/services/pairings";

/** Whether the waiting screen that asks was approved; its pass then travels as a cookie. */
export const POST = changeRoute("public:enter", nothingSchema, async (ctx, { headers }) => {
  const { view, cookies } = await claimPass(ctx, headers);
  return toChangeResponse(view, cookies);
});

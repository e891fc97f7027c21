import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChanged } from "@/lib/server/http/change-route";
import { claimPass } from "@/lib/server/services/pair-screen";

/** Whether the waiting screen that asks was approved; its pass then travels as a cookie. */
export const POST = changeRoute("public:enter", nothingSchema, async ({ headers }) => {
  const { view, cookies } = await claimPass(headers);
  return toChanged(view, cookies);
});

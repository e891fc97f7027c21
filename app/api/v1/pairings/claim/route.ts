import { claimSchema } from "@/lib/contract/screen";
import { changeRoute, nothingSchema, WithCookies } from "@/lib/server/http/change-route";
import { claimPass } from "@/lib/server/services/pairings";

/** Whether the waiting screen that asks was approved; its pass then travels as a cookie. */
export const POST = changeRoute(
  "public:enter",
  { body: nothingSchema, answer: claimSchema },
  async (ctx, { headers }) => {
    const { view, cookies } = await claimPass(ctx, headers);
    return new WithCookies(view, cookies);
  },
);

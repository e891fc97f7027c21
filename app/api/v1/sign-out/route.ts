import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChangeResponse } from "@/lib/server/http/change-route";
import { signOutForm } from "@/lib/server/http/forms";
import { signOut } from "@/lib/server/services/sessions";

/** Ends the session of the browser that asks. */
export const POST = changeRoute(
  "public:enter",
  nothingSchema,
  async (ctx, { headers }) => {
    const { ended, cookie } = await signOut(ctx, headers);
    return toChangeResponse({ ended }, [cookie]);
  },
  signOutForm,
);

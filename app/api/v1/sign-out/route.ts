import { endingSchema } from "@/lib/contract/sign-in";
import { changeRoute, nothingSchema, WithCookies } from "@/lib/server/http/change-route";
import { signOutForm } from "@/lib/server/http/forms";
import { signOut } from "@/lib/server/services/sessions";

/** Ends the session of the browser that asks. */
export const POST = changeRoute(
  "public:enter",
  { body: nothingSchema, answer: endingSchema, form: signOutForm },
  async (ctx, { headers }) => {
    const { ended, cookie } = await signOut(ctx, headers);
    return new WithCookies({ ended }, [cookie]);
  },
);

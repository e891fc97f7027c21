import { signInRequestSchema } from "@/lib/contract/sign-in";
import { changeRoute, toChangeResponse } from "@/lib/server/http/change-route";
import { signInForm } from "@/lib/server/http/forms";
import { signIn } from "@/lib/server/services/sign-in";

/** Signs in with a password, or replaces it by a new one; the session travels as a cookie. */
export const POST = changeRoute(
  "public:enter",
  signInRequestSchema,
  async (ctx, { body, headers }) => {
    const outcome = await signIn(ctx, { request: body, headers });
    return outcome.state === "choose"
      ? { state: "choose" }
      : toChangeResponse({ state: "entered" }, outcome.cookies);
  },
  signInForm,
);

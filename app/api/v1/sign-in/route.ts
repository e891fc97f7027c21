import { signInAnswerSchema, signInRequestSchema } from "@/lib/contract/sign-in";
import { changeRoute, WithCookies } from "@/lib/server/http/change-route";
import { signInForm } from "@/lib/server/http/forms";
import { signIn } from "@/lib/server/services/sign-in";

/** Signs in with a password, or replaces it by a new one; the session travels as a cookie. */
export const POST = changeRoute(
  "public:enter",
  { body: signInRequestSchema, answer: signInAnswerSchema, form: signInForm },
  async (ctx, { body, headers }) => {
    const { state, cookies } = await signIn(ctx, { request: body, headers });
    return new WithCookies({ state }, cookies);
  },
);

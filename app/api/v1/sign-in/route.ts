import { signInRequestSchema, type SignInRequest } from "@/lib/contract/sign-in";
import { changeRoute, toChanged, toWait } from "@/lib/server/http/change-route";
import { signInForm } from "@/lib/server/http/forms";
import { toProblemResponse } from "@/lib/server/http/problem";
import { signIn } from "@/lib/server/services/sign-in";

type Asked = { body: SignInRequest; headers: Headers };

/** Signs in with a password; the session travels as a cookie. With a new password it takes the former one's place. */
export const POST = changeRoute("public:enter", signInRequestSchema, answer, signInForm);

async function answer({ body, headers }: Asked): Promise<object> {
  const outcome = await signIn(body, headers);
  switch (outcome.kind) {
    case "entered":
      return toChanged({ state: "entered" }, outcome.cookies);
    case "choose":
      return outcome.problem === null ? { state: "choose" } : toProblemResponse(400, outcome.problem);
    case "refused":
      return toProblemResponse(403, "The account or the password is wrong.");
    case "wait":
      return toWait(outcome.until, "Too many wrong passwords.");
    case "no_passwords":
      return toProblemResponse(403, "Nobody signs in with a password here.");
  }
}

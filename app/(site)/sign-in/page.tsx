import { InvitationScreen } from "@/components/access/invitation-screen";
import { SignInScreen } from "@/components/access/sign-in-screen";
import { demoAccount } from "@/lib/contract/demo";
import { pagePaths } from "@/lib/contract/paths";
import { signInFailures } from "@/lib/contract/sign-in";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { redirectTo } from "@/lib/server/http/redirect-to";
import { readSignInMethods } from "@/lib/server/services/accounts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { ctx, principal } = await authorizePage("public:enter");
  const { to, failure, choose, account } = await searchParams;
  const methods = readSignInMethods(ctx, { to: typeof to === "string" ? to : null });
  const invited = choose === "yes" && typeof account === "string" && methods.hasPasswords ? account : null;
  if (principal.kind === "person" && invited === null) redirectTo(methods.to);
  const outcome = await readFormOutcome(ctx, pagePaths.signIn(null));
  if (invited !== null) {
    const current = principal.kind === "person" ? principal.account : null;
    return <InvitationScreen name={invited} current={current} outcome={outcome} />;
  }
  const start = {
    isChoosing: choose === "yes",
    outcome,
    invited: null,
    demo: ctx.settings.demoControl === null ? null : demoAccount,
  };
  return (
    <SignInScreen
      methods={methods}
      failure={signInFailures.find((each) => each === failure) ?? null}
      start={start}
    />
  );
}

import type { SignInFailure, SignInMethods } from "@/lib/contract/sign-in";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { PasswordForm, type PasswordStart } from "./password-form";
import { ProviderButtons } from "./provider-buttons";

export function SignInScreen({
  methods,
  failure,
  start,
}: {
  methods: SignInMethods;
  failure: SignInFailure | null;
  start: PasswordStart;
}) {
  const hasBoth = methods.hasPasswords && methods.providers.length > 0;
  return (
    <main>
      <TabState title="Sign in · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence="Sign in to see how rollouts are going.">
        {start.demo !== null &&
          "This is the demo: its account and password are filled in. Everything that needs people works here, such as inviting a colleague and pairing a screen."}
      </PageHeading>
      <div className="max-w-96 pb-16">
        {methods.providers.length > 0 && <ProviderButtons methods={methods} failure={failure} />}
        {hasBoth && (
          <p className="my-6 border-t border-line pt-6 text-caption text-quiet">Or with a password</p>
        )}
        {methods.hasPasswords && <PasswordForm to={methods.to} start={start} />}
      </div>
    </main>
  );
}

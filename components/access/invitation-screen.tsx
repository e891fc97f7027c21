import { pagePaths } from "@/lib/contract/paths";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Verbatim } from "../ui/verbatim";
import { PasswordForm } from "./password-form";

/** The page of a one-time link. `current` is the account that this browser is signed in with, if any. */
export function InvitationScreen({
  name,
  current,
  outcome,
}: {
  name: string;
  current: string | null;
  outcome: string | null;
}) {
  return (
    <main>
      <TabState title="Choose a password · Rollcall" shape="nothing" isLive={false} />
      <PageHeading
        sentence={
          <>
            Choose a password for <Verbatim text={name} />.
          </>
        }
      >
        This link works once; you sign in with your account and password afterwards. Used it already?{" "}
        <a
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          href={pagePaths.signIn(null)}
        >
          Sign in
        </a>
        {current !== null && current !== name && (
          <>
            . You’re signed in as <Verbatim text={current} />: this signs you out and in again as{" "}
            <Verbatim text={name} />
          </>
        )}
        .
      </PageHeading>
      <div className="max-w-96 pb-16">
        <PasswordForm to={pagePaths.fleet} start={{ isChoosing: true, outcome, invited: name, demo: null }} />
      </div>
    </main>
  );
}

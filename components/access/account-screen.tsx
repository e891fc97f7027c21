"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/api-failure";
import { sessionsQuery } from "@/lib/client/queries";
import { toCutNote } from "@/lib/contract/list-limit";
import { useChange } from "@/lib/client/use-change";
import { apiPaths, pagePaths } from "@/lib/contract/paths";
import type { AccountView } from "@/lib/contract/session";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { PushButton } from "../ui/push-button";
import { Section } from "../ui/section";
import { PasswordChange } from "./password-change";
import { SessionList } from "./session-list";
import { SignedOut } from "./signed-out";

/** The signed-in user, their sessions and role. `outcome` is the message of a password change sent without scripts. */
export function AccountScreen({ account, outcome }: { account: AccountView; outcome: string | null }) {
  const { data, error: sessionsError } = useQuery(sessionsQuery());
  const { mutate, isPending, error } = useChange(({ ending }) => ending, {
    onDone: () => location.assign(pagePaths.signIn(null)),
  });
  const cutNote = toCutNote(data?.body.sessions.length ?? 0, "sessions");
  if (isSignedOut(sessionsError)) return <SignedOut />;
  const isAdministrator = account.role === "administrator";
  return (
    <main>
      <TabState title="Account · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={`You’re signed in as ${account.account}.`}>{describe(account)}</PageHeading>
      <Section name="This session">
        <form
          method="post"
          action={apiPaths.signOut}
          onSubmit={(event) => {
            event.preventDefault();
            mutate({ method: "POST", path: apiPaths.signOut });
          }}
        >
          <PushButton type="submit" disabled={isPending}>
            Sign out
          </PushButton>
        </form>
        {error !== null && (
          <p role="alert" className="mt-4">
            {error.message}
          </p>
        )}
      </Section>
      <Section name={isAdministrator ? "All sessions" : "Your sessions"}>
        {cutNote !== null && <p className="mb-4">{cutNote}</p>}
        {data === undefined ? (
          <p>
            Sessions can’t be loaded right now. <span>{sessionsError?.message}</span>
          </p>
        ) : (
          <SessionList sessions={data.body.sessions} showsAccounts={isAdministrator} />
        )}
      </Section>
      {account.hasPassword && (
        <Section name="Password">
          <PasswordChange account={account.account} outcome={outcome} />
        </Section>
      )}
    </main>
  );
}

function describe({ role, orgs }: AccountView): string {
  const what =
    role === "administrator"
      ? "As an administrator, you can manage all sessions and screens, and read the audit log and the diagnostics."
      : "As a viewer, you can see rollouts, share endpoints and pair screens.";
  return orgs === null ? what : `${what} You only see endpoints of ${orgs.join(", ")}.`;
}

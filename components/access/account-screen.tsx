"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/api-failure";
import { sessionsQuery } from "@/lib/client/queries";
import { toCutNote } from "@/lib/contract/list-limit";
import type { AccountView } from "@/lib/contract/session";
import { roleWords } from "@/lib/presentation/role-words";

import { SignOut } from "../site/sign-out";
import { TabState } from "../site/tab-state";
import { Section } from "../ui/section";
import { WithoutScripts } from "../ui/without-scripts";
import { Verbatim } from "../ui/verbatim";
import { PasswordChange } from "./password-change";
import { SessionList } from "./session-list";
import { SignedOut } from "./signed-out";

/** The signed-in user, their sessions and role. `outcome` is the message of a password change sent without scripts. */
export function AccountScreen({ account, outcome }: { account: AccountView; outcome: string | null }) {
  const { data, error: sessionsError } = useQuery(sessionsQuery());
  const cutNote = toCutNote(data?.body.sessions.length ?? 0, "sessions");
  if (isSignedOut(sessionsError)) return <SignedOut />;
  const isAdministrator = account.role === "administrator";
  return (
    <main>
      <TabState title="Account · Rollcall" shape="nothing" isLive={false} />
      <div className="flex flex-wrap items-start justify-between gap-x-8 border-t border-ink pt-8 pb-10">
        <div>
          <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance break-words">
            <Verbatim text={account.account} />{" "}
            <span className="text-quiet">· {roleWords[account.role]}</span>
          </h1>
          <p className="mt-3 max-w-[44rem] text-pretty text-quiet">{describe(account)}</p>
        </div>
        <div className="py-3">
          <SignOut />
        </div>
      </div>
      <WithoutScripts>
        This browser runs no scripts. Signing out and choosing another password work without them; ending
        other sessions does not.
      </WithoutScripts>
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
      ? "You manage people, sessions and screens, and read the audit log and the diagnostics."
      : "You see rollouts, share endpoints and pair screens.";
  return orgs === null ? what : `${what} You only see endpoints of ${orgs.join(", ")}.`;
}

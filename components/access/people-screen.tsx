"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/api-failure";
import { peopleQuery } from "@/lib/client/queries";
import type { People } from "@/lib/contract/people";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Section } from "../ui/section";
import { HeaderCell, Table } from "../ui/table";
import { WithoutScripts } from "../ui/without-scripts";
import { InviteForm } from "./invite-form";
import { OpenAccessNote } from "./open-access-note";
import { PersonRow } from "./person-row";
import { SignedOut } from "./signed-out";

const notes: Readonly<Record<Exclude<People["invitations"], "open_access">, string>> = {
  on: "Invite a colleague with a link, change what people may see and do, or remove them.",
  provider_only:
    "People sign in through an identity provider: the rules in ROLLCALL_VIEWERS and ROLLCALL_ADMINISTRATORS say who has access. Those who are signed in are listed.",
};

/** Everyone with an account, for administrators. `outcome` is the message of an invitation sent without scripts. */
export function PeopleScreen({ outcome, demoSignIn }: { outcome: string | null; demoSignIn: string | null }) {
  const { data, error } = useQuery(peopleQuery());
  if (isSignedOut(error)) return <SignedOut />;
  const { people, orgs, invitations } = data?.body ?? { people: null, orgs: [], invitations: null };
  return (
    <main>
      <TabState title="People · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={toSentence(people?.length ?? null, invitations)}>
        {invitations === "open_access" ? (
          <OpenAccessNote role="administrator" demoSignIn={demoSignIn} />
        ) : (
          invitations !== null && notes[invitations]
        )}
      </PageHeading>
      {outcome !== null && (
        <p role="status" className="mb-6 break-words">
          {outcome}
        </p>
      )}
      {error !== null && <p className="mb-6">{error.message}</p>}
      <WithoutScripts>
        This browser runs no scripts. Inviting works without them; changing access and removing people does
        not. On the server, the commands rollcall account role and rollcall account remove do the same.
      </WithoutScripts>
      {invitations === "on" && (
        <Section name="Invite a colleague">
          <InviteForm orgs={orgs} />
        </Section>
      )}
      {people !== null && people.length > 0 && (
        <Section name="People">
          <Table
            label="People"
            head={
              <>
                <HeaderCell>Who</HeaderCell>
                <HeaderCell>Access</HeaderCell>
                <HeaderCell isMinor>Last seen</HeaderCell>
                <HeaderCell>
                  <span className="sr-only">Actions</span>
                </HeaderCell>
              </>
            }
          >
            {people.map((person) => (
              <PersonRow
                key={`${person.signsInWith} ${person.name}`}
                person={person}
                orgs={orgs}
                mayInvite={invitations === "on"}
              />
            ))}
          </Table>
        </Section>
      )}
    </main>
  );
}

/** `count` is null while the list can't be loaded. */
function toSentence(count: number | null, invitations: People["invitations"] | null): string {
  if (count === null) return "People can’t be loaded right now.";
  if (invitations === "open_access") return "No one needs an account here.";
  if (count === 0) return "No one is signed in.";
  return `${count} ${count === 1 ? "person has" : "people have"} access.`;
}

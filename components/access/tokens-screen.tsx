"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/api-failure";
import { serviceTokensQuery } from "@/lib/client/service-tokens-query";
import { toCutNote } from "@/lib/contract/list-limit";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Section } from "../ui/section";
import { HeaderCell, Table } from "../ui/table";
import { WithoutScripts } from "../ui/without-scripts";
import { SignedOut } from "./signed-out";
import { TokenForm } from "./token-form";
import { TokenRow } from "./token-row";

/** Service tokens, for administrators. `outcome` is the message of a form that was sent without scripts. */
export function TokensScreen({ outcome }: { outcome: string | null }) {
  const { data, error } = useQuery(serviceTokensQuery());
  if (isSignedOut(error)) return <SignedOut />;
  const { tokens, orgs } = data?.body ?? { tokens: null, orgs: [] };
  const cutNote = toCutNote(tokens?.length ?? 0, "tokens");
  return (
    <main>
      <TabState title="Tokens · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={toSentence(tokens?.length ?? null)}>
        A service token lets a program read what Rollcall shows: a pipeline that waits for a rollout, or
        Prometheus. It changes nothing at Cerebras, and works on when the person who made it leaves.
      </PageHeading>
      {outcome !== null && (
        <p role="status" className="mb-6 max-w-[44rem] break-words">
          {outcome}
        </p>
      )}
      {error !== null && <p className="mb-6">{error.message}</p>}
      <WithoutScripts>
        This browser runs no scripts. Making a token works without them; revoking does not. On the server, the
        command rollcall token revoke does the same.
      </WithoutScripts>
      <Section name="New token">
        <TokenForm orgs={orgs} />
      </Section>
      {tokens !== null && tokens.length > 0 && (
        <Section name="Tokens">
          <Table
            label="Tokens"
            head={
              <>
                <HeaderCell>Name</HeaderCell>
                <HeaderCell>May read</HeaderCell>
                <HeaderCell isMinor>Last used</HeaderCell>
                <HeaderCell>Expires</HeaderCell>
                <HeaderCell>
                  <span className="sr-only">Revoke</span>
                </HeaderCell>
              </>
            }
          >
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </Table>
          {cutNote !== null && <p className="mt-4">{cutNote}</p>}
        </Section>
      )}
    </main>
  );
}

/** `count` is null while the list can't be loaded. */
function toSentence(count: number | null): string {
  if (count === null) return "Tokens can’t be loaded right now.";
  if (count === 0) return "No program has a token.";
  return count === 1 ? "One program has a token." : `${count} programs have a token.`;
}

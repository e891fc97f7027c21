"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { auditQuery } from "@/lib/client/queries";

import { TabState } from "../site/tab-state";
import { Moment } from "../ui/moment";
import { PageHeading } from "../ui/page-heading";
import { Cell, HeaderCell, Table } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { SignedOut } from "./signed-out";

/** Sign-ins and access changes, newest first, one page at a time. */
export function AuditScreen() {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const { data, error, isPending } = useQuery(auditQuery(cursors.at(-1) ?? null));
  if (isSignedOut(error)) return <SignedOut />;
  const entries = data?.body.entries ?? [];
  const older = data?.body.nextCursor ?? null;
  return (
    <main>
      <TabState title="Audit log · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence="Who signed in, and who changed access.">
        Sign-ins, guest links, wall screens and revocations. Entries are never changed.
      </PageHeading>
      {isPending && <p className="text-quiet">Loading the audit log.</p>}
      {error !== null && <p>{error.message}</p>}
      {data !== undefined && entries.length === 0 && <p>No entries yet.</p>}
      {entries.length > 0 && (
        <Table
          label="Audit log"
          head={
            <>
              <HeaderCell>When</HeaderCell>
              <HeaderCell>Who</HeaderCell>
              <HeaderCell>What</HeaderCell>
            </>
          }
        >
          {entries.map(({ id, at, actor, action, about }) => (
            <tr key={id}>
              <Cell>
                <span className="whitespace-nowrap">
                  <Moment at={at} />
                </span>
              </Cell>
              <Cell>
                <span className="inline-block min-w-20 wrap-anywhere">
                  <Verbatim text={actor} />
                </span>
              </Cell>
              <Cell>
                {action}
                {about !== "" && (
                  <span className="text-quiet">
                    : <Verbatim text={about} />
                  </span>
                )}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      <p className="mt-6 flex gap-6">
        {cursors.length > 1 && (
          <TextButton onClick={() => setCursors(cursors.slice(0, -1))}>Newer entries</TextButton>
        )}
        {older !== null && (
          <TextButton onClick={() => setCursors([...cursors, older])}>Older entries</TextButton>
        )}
      </p>
    </main>
  );
}

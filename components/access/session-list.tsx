"use client";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths, pagePaths } from "@/lib/contract/paths";
import type { SessionView } from "@/lib/contract/session";
import { browserName } from "@/lib/presentation/browser-name";

import { Moment } from "../ui/moment";
import { Cell, HeaderCell, Table } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** The sessions that the viewer may end: one by one, or all of the viewer's at once. */
export function SessionList({
  sessions,
  showsAccounts,
}: {
  sessions: readonly SessionView[];
  showsAccounts: boolean;
}) {
  const endAll = useChange(({ ending }) => ending, {
    onDone: () => location.assign(pagePaths.signIn(null)),
  });
  return (
    <>
      <Table
        label="Sessions"
        head={
          <>
            {showsAccounts && <HeaderCell>Who</HeaderCell>}
            <HeaderCell>Browser</HeaderCell>
            <HeaderCell isMinor>Signed in</HeaderCell>
            <HeaderCell>Last seen</HeaderCell>
            <HeaderCell>
              <span className="sr-only">End</span>
            </HeaderCell>
          </>
        }
      >
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} showsAccount={showsAccounts} />
        ))}
      </Table>
      <p className="mt-4">
        <TextButton
          className="scripts-only"
          disabled={endAll.isPending}
          onClick={() => endAll.mutate({ method: "DELETE", path: apiPaths.sessions })}
        >
          End all your sessions, including this one
        </TextButton>
        {endAll.error !== null && <span className="ml-3 text-caption">{endAll.error.message}</span>}
      </p>
    </>
  );
}

function SessionRow({ session, showsAccount }: { session: SessionView; showsAccount: boolean }) {
  const { mutate, isPending, error } = useChange(({ ending }) => ending, { stale: queryKeys.sessions });
  const { id, account, role, browser, createdAt, lastSeenAt, isThis } = session;
  return (
    <tr>
      {showsAccount && (
        <Cell>
          <span className="break-all">
            <Verbatim text={account} />
          </span>
          <span className="block text-caption text-quiet">{role}</span>
        </Cell>
      )}
      <Cell>{browserName(browser)}</Cell>
      <Cell isMinor>
        <Moment at={createdAt} />
      </Cell>
      <Cell>{isThis ? "this session" : <Moment at={lastSeenAt} />}</Cell>
      <Cell>
        {!isThis && (
          <TextButton
            className="scripts-only"
            disabled={isPending}
            onClick={() => mutate({ method: "DELETE", path: apiPaths.session(id) })}
          >
            End<span className="sr-only"> the session of {account}</span>
          </TextButton>
        )}
        {error !== null && <span className="ml-3 text-caption">{error.message}</span>}
      </Cell>
    </tr>
  );
}

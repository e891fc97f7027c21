"use client";

import { useState } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import type { ServiceTokenView } from "@/lib/contract/service-token";

import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { Cell } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** One token; revoking asks for a second click, because programs fail at once. */
export function TokenRow({ token }: { token: ServiceTokenView }) {
  const { name, scopes, orgs, madeBy, createdAt, lastUsedAt, expiresAt } = token;
  const [isOpen, setIsOpen] = useState(false);
  const isExpired = useTicking(
    (now) => expiresAt <= now,
    (now) => (expiresAt <= now ? Infinity : expiresAt),
  );
  return (
    <>
      <tr>
        <Cell>
          <span className="break-all">
            <Verbatim text={name} />
          </span>
          <span className="block text-caption text-quiet">
            by <Verbatim text={madeBy} />, <Moment at={createdAt} />
          </span>
        </Cell>
        <Cell>
          {scopes.map((scope) => (scope === "read" ? "the API" : scope)).join(", ")}
          {orgs !== null && ` of ${orgs.join(", ")}`}
        </Cell>
        <Cell isMinor>{lastUsedAt === null ? "never" : <Moment at={lastUsedAt} />}</Cell>
        <Cell>
          {isExpired && "expired "}
          <Moment at={expiresAt} />
        </Cell>
        <Cell>
          <span className="scripts-only flex justify-end">
            <TextButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              Revoke
              <span className="sr-only"> {name}</span>
            </TextButton>
          </span>
        </Cell>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5} className="pb-6">
            <RevokeForm token={token} onDone={() => setIsOpen(false)} />
          </td>
        </tr>
      )}
    </>
  );
}

function RevokeForm({ token: { id, name }, onDone }: { token: ServiceTokenView; onDone: () => void }) {
  const { mutate, error, isPending } = useChange(({ revocation }) => revocation, {
    stale: queryKeys.serviceTokens,
    onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ method: "DELETE", path: apiPaths.serviceToken(id) });
      }}
      className="grid max-w-[44rem] gap-4"
    >
      <p className="text-pretty">
        The next request with this token fails. This can’t be undone; a new token has another value.
      </p>
      <p className="flex items-center gap-6">
        <PushButton type="submit" disabled={isPending}>{`Revoke ${name}`}</PushButton>
        <TextButton onClick={onDone}>Cancel</TextButton>
      </p>
      <p role="alert" className="text-pretty empty:hidden">
        {error?.message ?? ""}
      </p>
    </form>
  );
}

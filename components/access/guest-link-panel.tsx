"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { changeServer } from "@/lib/client/api";
import { guestLinksQuery } from "@/lib/client/queries";
import type { GuestLinkView } from "@/lib/contract/guest-link";
import { toCutNote } from "@/lib/contract/list-limit";
import { apiPaths } from "@/lib/contract/paths";

import { Moment } from "../ui/moment";
import { Cell, HeaderCell, Table } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { GuestLinkForm } from "./guest-link-form";

/** Creates, lists and revokes guest links. */
export function GuestLinkPanel({
  endpointId,
  deploymentId,
}: {
  endpointId: string;
  /** The rollout that a new link opens; null opens the endpoint's page. */
  deploymentId: string | null;
}) {
  const { data, error } = useQuery(guestLinksQuery(endpointId));
  const links = data?.body.links ?? [];
  const cutNote = toCutNote(links.length, "guest links");
  return (
    <>
      <p className="mb-5 text-pretty text-quiet">
        Anyone with a guest link can see this endpoint, and nothing else, until the link expires or is
        revoked. A new link is shown only once.
        {deploymentId !== null && (
          <span> It opens this rollout at the moment or range that you see now.</span>
        )}
      </p>
      <GuestLinkForm endpointId={endpointId} deploymentId={deploymentId} />
      {error !== null && <p className="mt-4">{error.message}</p>}
      {cutNote !== null && <p className="mt-4">{cutNote}</p>}
      {links.length > 0 && (
        <div className="mt-8">
          <Table
            label="Active guest links"
            head={
              <>
                <HeaderCell>Label</HeaderCell>
                <HeaderCell>Expires</HeaderCell>
                <HeaderCell>Last used</HeaderCell>
                <HeaderCell>
                  <span className="sr-only">Revoke</span>
                </HeaderCell>
              </>
            }
          >
            {links.map((link) => (
              <GuestLinkRow key={link.id} link={link} endpointId={endpointId} />
            ))}
          </Table>
        </div>
      )}
    </>
  );
}

function GuestLinkRow({ link, endpointId }: { link: GuestLinkView; endpointId: string }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      changeServer({ method: "DELETE", path: apiPaths.guestLink(link.id) }, ({ revocation }) => revocation),
    onSettled: () => client.invalidateQueries(guestLinksQuery(endpointId)),
  });
  const { lastUsedAt } = link;
  return (
    <tr>
      <Cell>
        {link.name === "" ? <span className="text-quiet">none</span> : <Verbatim text={link.name} />}
      </Cell>
      <Cell>
        <Moment at={link.expiresAt} />
      </Cell>
      <Cell>{lastUsedAt === null ? "never" : <Moment at={lastUsedAt} />}</Cell>
      <Cell>
        <TextButton disabled={isPending} onClick={() => mutate()}>
          Revoke
          <span className="sr-only">{` ${link.name === "" ? "the link without a label" : link.name}`}</span>
        </TextButton>
        {error !== null && <span className="ml-3 text-caption">{error.message}</span>}
      </Cell>
    </tr>
  );
}

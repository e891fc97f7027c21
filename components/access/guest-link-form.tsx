"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SyntheticEvent } from "react";

import { changeServer } from "@/lib/client/api";
import { guestLinksQuery } from "@/lib/client/queries";
import { guestLinkLifetimes } from "@/lib/contract/guest-link";
import { apiPaths } from "@/lib/contract/paths";

import { CopyButton } from "../ui/copy-button";
import { SelectField, TextField } from "../ui/field";
import { PushButton } from "../ui/push-button";

/** Creates a guest link and shows its address once; the address can’t be looked up later. */
export function GuestLinkForm({
  endpointId,
  deploymentId,
}: {
  endpointId: string;
  deploymentId: string | null;
}) {
  const client = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (form: HTMLFormElement) =>
      changeServer(
        {
          method: "POST",
          path: apiPaths.guestLinks(endpointId),
          body: { ...Object.fromEntries(new FormData(form)), ...toStart(deploymentId) },
        },
        ({ newGuestLink }) => newGuestLink,
      ),
    onSuccess: (_, form) => {
      form.reset();
      return client.invalidateQueries(guestLinksQuery(endpointId));
    },
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(event.currentTarget);
  };
  return (
    <>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="min-w-56 grow sm:max-w-80">
          <TextField
            label="Label (optional), seen by the guest"
            autoFocus
            name="name"
            maxLength={80}
            autoComplete="off"
          />
        </div>
        <SelectField label="Expires after" name="lifetime" defaultValue="day">
          {guestLinkLifetimes.map((each) => (
            <option key={each} value={each}>{`one ${each}`}</option>
          ))}
        </SelectField>
        <PushButton type="submit" disabled={isPending}>
          Create link
        </PushButton>
      </form>
      <div aria-live="polite">
        {error !== null && <p className="mt-4">{error.message}</p>}
        {data !== undefined && (
          <div className="mt-4 border-l-2 border-ink pl-4">
            <span className="font-mono text-caption break-all">{data.url}</span>{" "}
            <CopyButton text={data.url} what="the guest link" />
          </div>
        )}
      </div>
    </>
  );
}

/** Makes the link open this rollout with the moment, range and comparison in the address of this page. */
function toStart(deploymentId: string | null): { start?: string } {
  if (deploymentId === null) return {};
  return { start: `/rollouts/${encodeURIComponent(deploymentId)}${location.search}` };
}

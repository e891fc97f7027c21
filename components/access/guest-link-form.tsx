"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { changeServer } from "@/lib/client/api";
import { guestLinksQuery } from "@/lib/client/queries/guest-links";
import { guestLinkLifetimes } from "@/lib/contract/guest-link";
import { apiPaths } from "@/lib/contract/paths";

import { CopyButton } from "../ui/copy-button";

const field = "mt-1 block w-full border border-line-strong bg-ground px-3 py-2 text-body";

/** Makes a guest link, and shows its address, which nobody can look up again. */
export function GuestLinkForm({ endpointId }: { endpointId: string }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState<string>("day");
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      changeServer(
        { method: "POST", path: apiPaths.guestLinks(endpointId), body: { name, lifetime } },
        ({ newGuestLink }) => newGuestLink,
      ),
    onSuccess: () => {
      setName("");
      return client.invalidateQueries(guestLinksQuery(endpointId));
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <label className="min-w-56 grow text-caption text-quiet sm:max-w-80">
          For whom or what
          <input
            className={field}
            value={name}
            maxLength={80}
            required
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label className="text-caption text-quiet">
          Opens for one
          <select className={field} value={lifetime} onChange={({ target }) => setLifetime(target.value)}>
            {guestLinkLifetimes.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button
          type="submit"
          disabled={isPending}
          className="cursor-pointer border border-ink px-4 py-2 text-body font-medium hover:bg-sunken"
        >
          Make the link
        </button>
      </form>
      <div aria-live="polite">
        {error !== null && <p className="mt-4">{error.message}</p>}
        {data !== undefined && (
          <p className="mt-4 border-l-2 border-ink pl-4">
            <span className="font-mono text-caption break-all">{data.url}</span>{" "}
            <CopyButton text={data.url} what="the guest link" />
          </p>
        )}
      </div>
    </>
  );
}

"use client";

import type { SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";

import { TextField } from "../ui/field";
import { PushButton } from "../ui/push-button";
import { AccessFields, toAccessChange } from "./access-fields";
import { InvitationLink } from "./invitation-link";

/** Invites a person: makes an account, and a link with which they choose a password. Works without scripts. */
export function InviteForm({ orgs }: { orgs: readonly string[] }) {
  const { mutate, data, error, isPending } = useChange(({ invitation }) => invitation, {
    stale: queryKeys.people,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const body = { name: fields.get("name"), ...toAccessChange(fields) };
    mutate({ method: "POST", path: apiPaths.people, body }, { onSuccess: () => form.reset() });
  };
  return (
    <>
      <form method="post" action={apiPaths.people} onSubmit={submit} className="grid max-w-[34rem] gap-4">
        <TextField
          label="Name, such as “ada” or an address"
          name="name"
          required
          maxLength={80}
          pattern="[^\s\/\\]+"
          title="Without spaces and slashes"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <AccessFields start={{ role: "viewer", orgs: null }} orgs={orgs} />
        <PushButton type="submit" disabled={isPending} className="justify-self-start">
          Create link
        </PushButton>
      </form>
      <div aria-live="polite">
        {error !== null && <p className="mt-4">{error.message}</p>}
        {data !== undefined && <InvitationLink invitation={data} />}
      </div>
    </>
  );
}

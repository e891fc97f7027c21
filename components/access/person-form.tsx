"use client";

import type { SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import type { PersonView } from "@/lib/contract/people";

import { PushButton } from "../ui/push-button";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { AccessFields, toAccessChange } from "./access-fields";
import { InvitationLink } from "./invitation-link";

/** What an administrator can do with a person: each asks for a second click, because it takes effect at once. */
export type PersonTask = "access" | "link" | "removal";

type Props = { person: PersonView; orgs: readonly string[]; onDone: () => void };

/** The form of one task. */
export function PersonForm({ task, ...props }: Props & { task: PersonTask }) {
  if (task === "access") return <AccessForm {...props} />;
  return task === "link" ? <LinkForm {...props} /> : <RemovalForm {...props} />;
}

function AccessForm({ person: { name, role, orgs: limit }, orgs, onDone }: Props) {
  const { mutate, error, isPending } = useChange(({ changedPerson }) => changedPerson, {
    stale: queryKeys.people,
    onDone,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = toAccessChange(new FormData(event.currentTarget));
    mutate({ method: "PATCH", path: apiPaths.person(name), body });
  };
  return (
    <form onSubmit={submit} className="grid max-w-[34rem] gap-4">
      <AccessFields start={{ role, orgs: limit }} orgs={orgs} />
      <Buttons word="Save" isPending={isPending} onCancel={onDone} />
      <Problem error={error} />
    </form>
  );
}

function LinkForm({ person: { name, isInvited }, onDone }: Props) {
  const { mutate, data, error, isPending } = useChange(({ invitation }) => invitation, {
    stale: queryKeys.people,
  });
  if (data !== undefined) {
    return (
      <div aria-live="polite">
        <InvitationLink invitation={data} />
        <p className="mt-3">
          <TextButton onClick={onDone}>Close</TextButton>
        </p>
      </div>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ method: "POST", path: apiPaths.invitation(name) });
      }}
      className="grid max-w-[44rem] gap-4"
    >
      <p className="text-pretty">
        {isInvited
          ? "The former link stops working."
          : "They choose a new password with the link. Their present one stops working, and their sessions end."}
      </p>
      <Buttons word="Create link" isPending={isPending} onCancel={onDone} />
      <Problem error={error} />
    </form>
  );
}

function RemovalForm({ person: { name }, onDone }: Props) {
  const { mutate, error, isPending } = useChange(({ removedPerson }) => removedPerson, {
    stale: queryKeys.people,
    onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ method: "DELETE", path: apiPaths.person(name) });
      }}
      className="grid max-w-[44rem] gap-4"
    >
      <p className="text-pretty">
        <Verbatim text={name} /> is signed out at once. The screens that they paired and the guest links that
        they made stop working. This can’t be undone.
      </p>
      <Buttons word={`Remove ${name}`} isPending={isPending} onCancel={onDone} />
      <Problem error={error} />
    </form>
  );
}

function Buttons({ word, isPending, onCancel }: { word: string; isPending: boolean; onCancel: () => void }) {
  return (
    <p className="flex items-center gap-6">
      <PushButton type="submit" disabled={isPending}>
        {word}
      </PushButton>
      <TextButton onClick={onCancel}>Cancel</TextButton>
    </p>
  );
}

function Problem({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="text-pretty empty:hidden">
      {error?.message ?? ""}
    </p>
  );
}

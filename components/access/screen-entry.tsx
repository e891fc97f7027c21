"use client";

import { useState, type SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import type { ScreenView } from "@/lib/contract/screen";
import { fromDisplaySettingsFields, toDisplaySettingsText } from "@/lib/contract/display-settings-text";

import { TextField } from "../ui/field";
import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { DisplaySettingsFields } from "./display-settings-fields";

/** One wall screen, with forms to edit and revoke it. */
export function ScreenEntry({ screen }: { screen: ScreenView }) {
  const [isOpen, setIsOpen] = useState(false);
  const revoke = useChange(({ revocation }) => revocation, { stale: queryKeys.screens });
  const { lastSeenAt: seenAt } = screen;
  return (
    <>
      <p className="max-w-[44rem] text-pretty">
        <span>{toWords(screen)}</span>{" "}
        <span className="text-quiet">
          {seenAt === null ? (
            <span key="never">Not connected yet.</span>
          ) : (
            <span key="seen">
              Last seen <Moment at={seenAt} />.
            </span>
          )}{" "}
          Approved by <Verbatim text={screen.approver} />, <Moment at={screen.createdAt} />.
        </span>
      </p>
      <p className="mt-2 flex gap-6">
        <TextButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <span>{isOpen ? "Cancel editing" : "Edit"}</span>
          <span className="sr-only"> {screen.name}</span>
        </TextButton>
        <TextButton
          disabled={revoke.isPending}
          onClick={() => revoke.mutate({ method: "DELETE", path: apiPaths.screen(screen.id) })}
        >
          Revoke<span className="sr-only"> {screen.name}</span>
        </TextButton>
        {revoke.error !== null && <span className="text-caption">{revoke.error.message}</span>}
      </p>
      {isOpen && <ScreenForm screen={screen} onDone={() => setIsOpen(false)} />}
    </>
  );
}

function ScreenForm({ screen, onDone }: { screen: ScreenView; onDone: () => void }) {
  const { mutate, isPending, error } = useChange(({ changedScreen }) => changedScreen, {
    stale: queryKeys.screens,
    onDone,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const body = { name: fields.get("name"), displaySettings: fromDisplaySettingsFields(fields) };
    mutate({ method: "PATCH", path: apiPaths.screen(screen.id), body });
  };
  return (
    <form onSubmit={submit} className="mt-6 grid max-w-96 gap-4">
      <TextField label="Name" name="name" required maxLength={80} defaultValue={screen.name} />
      <DisplaySettingsFields start={toDisplaySettingsText(screen.displaySettings)} />
      <PushButton type="submit" disabled={isPending} className="justify-self-start">
        Save
      </PushButton>
      <p role="status" className="text-pretty empty:hidden">
        {error?.message ?? ""}
      </p>
    </form>
  );
}

function toWords({ displaySettings: { endpointIds, theme, rotateSeconds } }: ScreenView): string {
  const what =
    endpointIds === null
      ? "Shows all endpoints"
      : `Shows ${endpointIds.length === 1 ? endpointIds.join() : `${endpointIds.length} endpoints`}`;
  const look = theme === "auto" ? "" : `, ${theme}`;
  return `${what}${look}${rotateSeconds === null ? "" : `, next page every ${rotateSeconds} s`}.`;
}

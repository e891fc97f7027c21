"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { fleetQuery, queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { fromDisplaySettingsFields, toDisplaySettingsText } from "@/lib/contract/display-settings-text";
import { apiPaths } from "@/lib/contract/paths";
import type { ScreenView } from "@/lib/contract/screen";

import { TextField } from "../ui/field";
import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { DisplaySettingsFields } from "./display-settings-fields";
import { ScreenMiniature } from "./screen-miniature";

/** One wall screen: what it shows now, and what can be done with it. */
export function ScreenEntry({ screen, onRevoked }: { screen: ScreenView; onRevoked: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const revoke = useChange(({ revocation }) => revocation, {
    stale: queryKeys.screens,
    onDone: onRevoked,
  });
  const { id, name, lastSeenAt: seenAt } = screen;
  return (
    <li className="screen-entry">
      <ScreenMiniature screen={screen} />
      <div className="min-w-0">
        <h2 className="text-lead font-medium break-words">
          <Verbatim text={name} />
        </h2>
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
        <p className="scripts-only mt-2 flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <TextButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <span>{isOpen ? "Cancel editing" : "Edit"}</span>
            <span className="sr-only"> {name}</span>
          </TextButton>
          <CommandButton word="Identify" path={apiPaths.identifyScreen(id)} name={name} />
          <CommandButton word="Reload" path={apiPaths.reloadScreen(id)} name={name} />
          <TextButton
            disabled={revoke.isPending}
            onClick={() => revoke.mutate({ method: "DELETE", path: apiPaths.screen(id) })}
          >
            Revoke<span className="sr-only"> {name}</span>
          </TextButton>
        </p>
        {revoke.error !== null && (
          <p role="alert" className="text-caption">
            {revoke.error.message}
          </p>
        )}
        {isOpen && <ScreenForm screen={screen} onDone={() => setIsOpen(false)} />}
      </div>
    </li>
  );
}

const outcomes = {
  Identify: "It shows its name for 10 s, a few seconds from now.",
  Reload: "It loads its page again within a few seconds.",
};

/** Asks the screen to do something, and says so beside the button. */
function CommandButton({ word, path, name }: { word: keyof typeof outcomes; path: string; name: string }) {
  const { mutate, data, error, isPending } = useChange(({ screenCommanded }) => screenCommanded);
  return (
    <span>
      <TextButton disabled={isPending} onClick={() => mutate({ method: "POST", path })}>
        {word}
        <span className="sr-only"> {name}</span>
      </TextButton>
      <span role="status" className="ml-2 text-caption text-quiet empty:hidden">
        {error?.message ?? (data === undefined ? null : outcomes[word])}
      </span>
    </span>
  );
}

function ScreenForm({ screen, onDone }: { screen: ScreenView; onDone: () => void }) {
  const { data: fleet } = useQuery(fleetQuery());
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
    <form onSubmit={submit} className="mt-6 grid max-w-[34rem] gap-4">
      <TextField label="Name" name="name" required maxLength={80} defaultValue={screen.name} />
      <DisplaySettingsFields
        start={toDisplaySettingsText(screen.displaySettings)}
        known={fleet?.body.endpoints.map(({ endpoint }) => endpoint.id) ?? []}
      />
      <PushButton type="submit" disabled={isPending} className="justify-self-start">
        Save
      </PushButton>
      <p role="status" className="text-pretty empty:hidden">
        {error?.message ?? ""}
      </p>
    </form>
  );
}

const themeWords = { auto: "", light: ", light", dark: ", dark" };

function toWords({ displaySettings: { endpointIds, theme, rotateSeconds, night } }: ScreenView): string {
  const what =
    endpointIds === null
      ? "Shows all endpoints"
      : `Shows ${endpointIds.length === 1 ? endpointIds.join() : `${endpointIds.length} endpoints`}`;
  const look = `${themeWords[theme]}${theme === "auto" && !night ? ", not dark at night" : ""}`;
  return `${what}${look}${rotateSeconds === null ? "" : `, next page every ${rotateSeconds} s`}.`;
}

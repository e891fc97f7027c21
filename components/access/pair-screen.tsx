"use client";

import { useQuery } from "@tanstack/react-query";
import type { SyntheticEvent } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { fleetQuery } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths, pagePaths } from "@/lib/contract/paths";
import { fromDisplaySettingsFields, type DisplaySettingsText } from "@/lib/contract/display-settings-text";

import { TabState } from "../site/tab-state";
import { TextField } from "../ui/field";
import { PageHeading } from "../ui/page-heading";
import { PushButton } from "../ui/push-button";
import { DisplaySettingsFields } from "./display-settings-fields";
import { SignedOut } from "./signed-out";

const everything: DisplaySettingsText = { scope: "all", endpoints: [], theme: "auto", rotate: "" };

/** Pairs the screen that shows `code`. `outcome` is the message of a form that was sent without scripts. */
export function PairScreen({ code, outcome }: { code: string; outcome: string | null }) {
  const { data: fleet, error: fleetError } = useQuery(fleetQuery());
  const { mutate, data, error, isPending, isIdle } = useChange(({ changedScreen }) => changedScreen);
  if (isSignedOut(fleetError)) return <SignedOut />;
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const body = {
      code: fields.get("code"),
      name: fields.get("name"),
      displaySettings: fromDisplaySettingsFields(fields),
    };
    mutate({ method: "POST", path: apiPaths.screens, body });
  };
  if (data !== undefined) {
    return (
      <main>
        <TabState title="Paired · Rollcall" shape="done" isLive />
        <PageHeading sentence={`${data.screen.name} is paired.`}>
          It will show its endpoints in a few seconds.{" "}
          <a
            className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            href={pagePaths.screens}
          >
            See all screens
          </a>
        </PageHeading>
      </main>
    );
  }
  return (
    <main>
      <TabState title="Pair a screen · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence="Pair a wall screen.">
        Check that the code matches the one on the screen. The screen shows what you choose here, limited to
        what you can see yourself. It can’t change anything.
      </PageHeading>
      <form
        method="post"
        action={apiPaths.screens}
        onSubmit={submit}
        className="grid max-w-[34rem] gap-4 pb-16"
      >
        <TextField
          label="Code on the screen"
          required
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          name="code"
          defaultValue={code}
        />
        <TextField label="Name, such as “Kitchen”" required maxLength={80} autoComplete="off" name="name" />
        <DisplaySettingsFields
          start={everything}
          known={fleet?.body.endpoints.map(({ endpoint: { id } }) => id) ?? []}
        />
        <PushButton type="submit" disabled={isPending} className="mt-2 justify-self-start">
          Approve screen
        </PushButton>
        <p role="alert" className="text-pretty empty:hidden">
          {error?.message ?? (isIdle ? outcome : null)}
        </p>
      </form>
    </main>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { changeServer } from "@/lib/client/api";
import { apiPaths } from "@/lib/contract/paths";

import { PushButton } from "../ui/push-button";
import { TextField } from "../ui/field";

/**
 * Signs in with a password; a one-time password has to be replaced on the way. The fields are uncontrolled, so that
 * text typed before hydration isn't lost. Without scripts the browser sends the form itself.
 */
export function PasswordForm({ to, start }: { to: string; start: PasswordStart }) {
  const [isChoosing, setIsChoosing] = useState(start.isChoosing);
  const { mutate, data, error, isPending, isIdle } = useMutation({
    mutationFn: (fields: FormData) =>
      changeServer(
        { method: "POST", path: apiPaths.signIn, body: Object.fromEntries(fields) },
        ({ signIn }) => signIn,
      ),
    onSuccess: ({ state }) => {
      if (state === "entered") location.replace(`${to}${location.hash}`);
      else setIsChoosing(true);
    },
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  };
  return (
    <form method="post" action={apiPaths.signIn} onSubmit={submit} className="grid gap-4">
      <input type="hidden" name="to" value={to} />
      <TextField
        label="Account"
        name="account"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        readOnly={isChoosing && !start.isChoosing}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={256}
        readOnly={isChoosing && !start.isChoosing}
      />
      {isChoosing && (
        <>
          <p className="text-pretty">
            That password works only once. Choose your own, with at least 12 characters. You’ll use it from
            now on.
          </p>
          <TextField
            label="New password"
            name="newPassword"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            autoFocus={!start.isChoosing}
          />
        </>
      )}
      <PushButton type="submit" disabled={isPending || data?.state === "entered"} className="mt-2">
        {isChoosing ? "Set password and sign in" : "Sign in"}
      </PushButton>
      <p role="alert" className="text-pretty empty:hidden">
        {error?.message ?? (isIdle ? start.outcome : null)}
      </p>
    </form>
  );
}

/** How the form starts. `outcome` is the message of a form that was sent without scripts. */
export type PasswordStart = { isChoosing: boolean; outcome: string | null };

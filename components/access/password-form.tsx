"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type SyntheticEvent } from "react";

import { changeServer } from "@/lib/client/api";
import type { demoAccount } from "@/lib/contract/demo";
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
  const { invited, demo } = start;
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const secret = location.hash.slice(1);
    if (invited === null || secret === "" || password.current === null) return;
    password.current.value = secret;
    history.replaceState(history.state, "", `${location.pathname}${location.search}`);
  }, [invited]);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutate(new FormData(event.currentTarget));
  };
  return (
    <form method="post" action={apiPaths.signIn} onSubmit={submit} className="grid gap-4">
      <input type="hidden" name="to" value={to} />
      {invited !== null && <input type="hidden" name="from" value="invitation" />}
      <TextField
        label="Account"
        name="account"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        defaultValue={invited ?? demo?.name}
        readOnly={invited !== null || (isChoosing && !start.isChoosing)}
      />
      <TextField
        ref={password}
        label={invited === null ? "Password" : "One-time password: the part of your link after #"}
        name="password"
        type="password"
        autoComplete={invited === null ? "current-password" : "off"}
        defaultValue={demo?.password}
        required
        maxLength={256}
        readOnly={isChoosing && !start.isChoosing}
      />
      {isChoosing && (
        <>
          {invited === null && (
            <p className="text-pretty">
              That password works only once. Choose your own, with at least 12 characters. You’ll use it from
              now on.
            </p>
          )}
          <TextField
            label={invited === null ? "New password" : "Your password (at least 12 characters)"}
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

/**
 * How the form starts. `outcome` is the message of a form that was sent without scripts. `invited` is the account of an
 * invitation, whose one-time password is the fragment of the link. `demo`: the account that the demo fills in.
 */
export type PasswordStart = {
  isChoosing: boolean;
  outcome: string | null;
  invited: string | null;
  demo: typeof demoAccount | null;
};

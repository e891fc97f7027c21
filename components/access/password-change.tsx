"use client";

import { useState, type SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries/keys";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";

import { TextField } from "../ui/field";
import { PushButton } from "../ui/push-button";

/** Puts another password in the place of one's own. Every other session of the account ends with it. */
export function PasswordChange({ account }: { account: string }) {
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const { mutate, data, error, isPending } = useChange(({ signIn }) => signIn, {
    stale: queryKeys.sessions,
    onDone: () => {
      setPassword("");
      setNewPassword("");
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    mutate({ method: "POST", path: apiPaths.signIn, body: { account, password, newPassword } });
  };
  return (
    <form method="post" onSubmit={submit} className="grid max-w-96 gap-4">
      <input type="hidden" name="username" autoComplete="username" value={account} readOnly />
      <TextField
        label="Present password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        maxLength={256}
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <TextField
        label="New password, of 12 characters or more"
        type="password"
        name="new-password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={256}
        value={newPassword}
        onChange={({ target }) => setNewPassword(target.value)}
      />
      <PushButton type="submit" disabled={isPending} className="justify-self-start">
        Change the password
      </PushButton>
      <p role="status" className="text-pretty empty:hidden">
        {error?.message ?? (data === undefined ? "" : "Changed. Your other sessions were ended.")}
      </p>
    </form>
  );
}

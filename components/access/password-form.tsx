"use client";

import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { changeServer } from "@/lib/client/api";
import { apiPaths } from "@/lib/contract/paths";

import { PushButton } from "../ui/push-button";
import { TextField } from "../ui/field";

/** Signs in with a password. One that is good for one sign-in is replaced by one's own on the way. */
export function PasswordForm({ to }: { to: string }) {
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState<string | null>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      changeServer(
        {
          method: "POST",
          path: apiPaths.signIn,
          body: { account, password, ...(newPassword === null ? {} : { newPassword }) },
        },
        ({ signIn }) => signIn,
      ),
    onSuccess: ({ state }) => {
      if (state === "entered") location.replace(`${to}${location.hash}`);
      else setNewPassword("");
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    mutate();
  };
  const isChoosing = newPassword !== null;
  return (
    // Sent by the browser itself, before the page's scripts are there, it must not end up in an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      <TextField
        label="Account"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        value={account}
        readOnly={isChoosing}
        onChange={({ target }) => setAccount(target.value)}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={256}
        value={password}
        readOnly={isChoosing}
        onChange={({ target }) => setPassword(target.value)}
      />
      {isChoosing && (
        <>
          <p className="text-pretty">
            That password was good once. Choose your own, of 12 characters or more; you sign in with it from
            now on.
          </p>
          <TextField
            label="New password"
            name="new-password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            autoFocus
            value={newPassword}
            onChange={({ target }) => setNewPassword(target.value)}
          />
        </>
      )}
      <PushButton type="submit" disabled={isPending || data?.state === "entered"} className="mt-2">
        {isChoosing ? "Set the password and sign in" : "Sign in"}
      </PushButton>
      <p role="alert" className="text-pretty empty:hidden">
        {error?.message ?? ""}
      </p>
    </form>
  );
}

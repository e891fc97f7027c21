"use client";

import type { SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths, pagePaths } from "@/lib/contract/paths";

import { TextField } from "../ui/field";
import { PushButton } from "../ui/push-button";

/**
 * Changes one's own password, which ends every other session of the account. `outcome` is the message of a form that
 * was sent without scripts.
 */
export function PasswordChange({ account, outcome }: { account: string; outcome: string | null }) {
  const { mutate, data, error, isPending, isIdle } = useChange(({ signIn }) => signIn, {
    stale: queryKeys.sessions,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = Object.fromEntries(new FormData(form));
    mutate({ method: "POST", path: apiPaths.signIn, body }, { onSuccess: () => form.reset() });
  };
  return (
    <form method="post" action={apiPaths.signIn} onSubmit={submit} className="grid max-w-96 gap-4">
      <input type="hidden" name="account" autoComplete="username" value={account} readOnly />
      <input type="hidden" name="to" value={pagePaths.account} readOnly />
      <input type="hidden" name="from" value={pagePaths.account} readOnly />
      <TextField
        label="Current password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        maxLength={256}
      />
      <TextField
        label="New password (at least 12 characters)"
        type="password"
        name="newPassword"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={256}
      />
      <PushButton type="submit" disabled={isPending} className="justify-self-start">
        Change password
      </PushButton>
      <p role="status" className="text-pretty empty:hidden">
        {error?.message ??
          (data === undefined ? isIdle && outcome : "Password changed. Your other sessions were ended.")}
      </p>
    </form>
  );
}

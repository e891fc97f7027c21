"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { beginSignIn } from "@/lib/client/begin-sign-in";
import type { SignInFailure, SignInMethods } from "@/lib/contract/sign-in";

import { PushButton } from "../ui/push-button";

/** One button for each identity provider, and how the last attempt failed. */
export function ProviderButtons({
  methods,
  failure: before,
}: {
  methods: SignInMethods;
  failure: SignInFailure | null;
}) {
  const [tried, setTried] = useState<string | null>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (id: string) => beginSignIn(id, methods.to),
  });
  const failure = data ?? (tried === null ? before : null);
  const name = methods.providers.find(({ id }) => id === tried)?.name ?? "The identity provider";
  return (
    <>
      <div className="grid gap-3">
        {methods.providers.map((provider) => (
          <PushButton
            key={provider.id}
            disabled={isPending}
            onClick={() => {
              setTried(provider.id);
              mutate(provider.id);
            }}
          >
            Sign in with {provider.name}
          </PushButton>
        ))}
      </div>
      <p role="status" className="mt-4 text-pretty empty:hidden">
        {error !== null ? error.message : failure === null ? "" : toWords(failure, name)}
      </p>
    </>
  );
}

function toWords(failure: SignInFailure, name: string): string {
  switch (failure) {
    case "refused":
      return "You signed in, but this account doesn’t have access. Ask an administrator of this Rollcall, or use another account.";
    case "unreachable":
      return `${name} can’t be reached right now. Try again in a minute.`;
    case "failed":
      return "Sign-in didn’t finish: it took too long, was canceled, or the identity provider rejected it. Try again.";
  }
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { beginSignIn } from "@/lib/client/begin-sign-in";
import type { SignInFailure, SignInMethods } from "@/lib/contract/sign-in";

import { PushButton } from "../ui/push-button";

/** One button for each identity provider, and what came of the last try. */
export function ProviderButtons({
  ways,
  failure: before,
}: {
  ways: SignInMethods;
  failure: SignInFailure | null;
}) {
  const [tried, setTried] = useState<string | null>(null);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (id: string) => beginSignIn(id, ways.to),
  });
  const failure = data ?? (tried === null ? before : null);
  const name = ways.providers.find(({ id }) => id === tried)?.name ?? "The identity provider";
  return (
    <>
      <div className="grid gap-3">
        {ways.providers.map((provider) => (
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
      return "You proved who you are, but nobody has let that account in here. Ask whoever runs this Rollcall, or sign in as somebody else.";
    case "unreachable":
      return `${name} cannot be reached now, so nobody can sign in with it. Try again in a minute.`;
    case "failed":
      return "The sign-in was not finished: it took too long, was broken off, or the identity provider refused it. Try again.";
  }
}

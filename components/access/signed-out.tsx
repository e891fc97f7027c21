"use client";

import { pagePaths } from "@/lib/contract/paths";

import { Message } from "../site/message";
import { PushButton } from "../ui/push-button";

/** Replaces a page after its viewer is signed out: nothing it showed stays visible. */
export function SignedOut() {
  return (
    <Message
      title="Signed out · Rollcall"
      shape="unknown"
      name="Signed out"
      sentence="You’re signed out."
      isAlone
    >
      <p>Your session expired or was ended. Sign in to return to this page.</p>
      <p className="mt-6">
        <PushButton onClick={signInAgain}>Sign in</PushButton>
      </p>
    </Message>
  );
}

function signInAgain(): void {
  const { pathname, search, hash } = location;
  location.assign(new URL(`${pagePaths.signIn(`${pathname}${search}`)}${hash}`, location.href));
}

"use client";

import { pagePaths } from "@/lib/contract/paths";

import { Message } from "../site/message";
import { PushButton } from "../ui/push-button";

/** Stands in the place of a page whose viewer is not signed in any more: nothing of what it showed stays. */
export function SignedOut() {
  return (
    <Message
      title="Signed out · Rollcall"
      shape="unknown"
      name="Signed out"
      sentence="You are not signed in any more."
      isAlone
    >
      <p>The session ran out, or somebody ended it. Sign in to come back to this very page.</p>
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

/** What a guest link says that is unknown, past its end or revoked: the same for all three. */
export function ClosedLink() {
  return (
    <Message
      title="Closed link · Rollcall"
      shape="unknown"
      name="Closed"
      sentence="This link opens nothing, or nothing any more."
      isAlone
    >
      <p>It may be cut short, past its end, or revoked. Ask whoever gave it to you for a new one.</p>
    </Message>
  );
}

"use client";

import { Message } from "@/components/site/message";
import { TextButton } from "@/components/ui/text-button";
import { databaseAwayDigest } from "@/lib/contract/error-digest";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  if (error.digest === databaseAwayDigest) {
    return (
      <Message
        title="The database does not answer · Rollcall"
        shape="nothing"
        name="Not read"
        sentence="Rollcall cannot read its database right now."
      >
        <p>
          It cannot tell who you are or what this page needs. Watching goes on, and pages that are open stay
          live. Try again in a minute. If it lasts, ask an administrator to check the log of the server.
        </p>
        <p className="mt-3">
          <TextButton onClick={reset}>Try again</TextButton>
        </p>
      </Message>
    );
  }
  return (
    <Message
      title="Something broke · Rollcall"
      shape="error"
      name="Broken"
      sentence="This page could not be drawn."
    >
      <p>The fault is in Rollcall. Watching goes on, and nothing that was recorded is lost.</p>
      <p className="mt-3">
        <TextButton onClick={reset}>Draw it again</TextButton>
      </p>
    </Message>
  );
}

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
        title="Database unavailable · Rollcall"
        shape="nothing"
        name="Unavailable"
        sentence="Rollcall can’t read its database right now."
      >
        <p>
          It can’t check your access or load this page. Rollcall keeps watching, and pages that are already
          open stay live. Try again in a minute. If this continues, ask an administrator to check the server’s
          log.
        </p>
        <p className="mt-3">
          <TextButton onClick={reset}>Try again</TextButton>
        </p>
      </Message>
    );
  }
  return (
    <Message title="Error · Rollcall" shape="error" name="Error" sentence="This page couldn’t be shown.">
      <p>This is an error in Rollcall. It keeps watching, and no history is lost.</p>
      <p className="mt-3">
        <TextButton onClick={reset}>Try again</TextButton>
      </p>
    </Message>
  );
}

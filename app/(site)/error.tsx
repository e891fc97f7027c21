"use client";

import { Message } from "@/components/site/message";
import { usePageOutage } from "@/components/site/use-page-outage";
import { PushButton } from "@/components/ui/push-button";
import { writeLocal } from "@/lib/client/time/write-moment";
import { databaseAwayDigest } from "@/lib/contract/error-digest";
import { crashAdvice } from "@/lib/presentation/crash-words";

/** Shown below the header in place of a page that failed to render. It retries once by itself. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { since, tries, tryNow } = usePageOutage(reset, { isUnattended: false });
  const isDatabaseAway = error.digest === databaseAwayDigest;
  const about = isDatabaseAway
    ? {
        title: "Database unavailable · Rollcall",
        shape: "nothing" as const,
        name: "Unavailable",
        sentence: "Rollcall can’t read its database right now.",
      }
    : {
        title: "Error · Rollcall",
        shape: "error" as const,
        name: "Error",
        sentence: "This page couldn’t be shown.",
      };
  return (
    <Message {...about} action={<PushButton onClick={tryNow}>Reload</PushButton>}>
      <p>
        It has failed since {writeLocal(since, since, "exact")}.{" "}
        {isDatabaseAway
          ? "Without its database, Rollcall can’t check your access or load this page. It keeps watching, and pages that are already open stay live."
          : "This is an error in Rollcall. It keeps watching, and no history is lost."}{" "}
        {tries && "This page retries once, after 10 s."}
      </p>
      <p className="mt-3 break-words">
        {isDatabaseAway
          ? "If this continues, ask an administrator to look at Diagnostics and at the server’s log."
          : crashAdvice(error)}
      </p>
    </Message>
  );
}

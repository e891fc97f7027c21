"use client";

import { useEarlyEvents } from "@/components/site/use-early-events";
import { usePageOutage } from "@/components/site/use-page-outage";
import { writeLocal } from "@/lib/client/time/write-moment";
import { pagePaths } from "@/lib/contract/paths";

/** Shown when the layout itself failed to render, so it has no styles and no header. */
export default function GlobalError({ reset }: { reset: () => void }) {
  useEarlyEvents();
  const isUnattended = typeof location !== "undefined" && location.pathname.startsWith(pagePaths.wall);
  const { since, tries, tryNow } = usePageOutage(reset, { isUnattended });
  return (
    <html lang="en">
      <body>
        <title>Error · Rollcall</title>
        <main>
          <h1>Rollcall couldn’t show this page.</h1>
          <p>
            It has been down since {writeLocal(since, since, "exact")}. This is an error in Rollcall. It keeps
            watching, and no history is lost.
            {tries && (isUnattended ? " It retries automatically." : " It retries once, after 10 s.")}
          </p>
          <button type="button" onClick={tryNow}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

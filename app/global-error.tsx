"use client";

import { useEarlyEvents } from "@/components/site/use-early-events";
import { usePageOutage } from "@/components/site/use-page-outage";
import { writeLocal } from "@/lib/client/time/write-moment";
import { pagePaths } from "@/lib/contract/paths";

/** Stands alone: it is shown when not even the layout could be drawn. */
export default function GlobalError({ reset }: { reset: () => void }) {
  useEarlyEvents();
  const isUnattended = typeof location !== "undefined" && location.pathname.startsWith(pagePaths.wall);
  const { since, tries, tryNow } = usePageOutage(reset, { isUnattended });
  return (
    <html lang="en">
      <body>
        <title>Something broke · Rollcall</title>
        <main>
          <h1>Rollcall could not draw this page.</h1>
          <p>
            It has not been drawn since {writeLocal(since, since, "exact")}; the fault is in Rollcall.
            Watching goes on, and nothing that was recorded is lost.
            {tries &&
              (isUnattended ? " It tries again by itself." : " It tries once more by itself, after 10 s.")}
          </p>
          <button type="button" onClick={tryNow}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

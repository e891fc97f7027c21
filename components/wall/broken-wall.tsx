"use client";

import { usePageOutage } from "@/components/site/use-page-outage";
import { TabState } from "@/components/site/tab-state";
import { writeLocal } from "@/lib/client/time/write-moment";

/** A wall that cannot be drawn, and tries again for as long as that is so: nobody is there to click. */
export function BrokenWall({ redraw }: { redraw: () => void }) {
  const { since } = usePageOutage(redraw, { isUnattended: true });
  return (
    <main className="wall wall-pairing">
      <TabState title="Wall not drawn · Rollcall" shape="error" isLive={false} />
      <div>
        <h1 className="wall-text-large font-medium">
          This wall has not been drawn since <span>{writeLocal(since, since, "exact")}</span>.
        </h1>
        <p className="wall-text mt-[0.6em] max-w-[26em] text-quiet">
          Rollcall goes on watching, and nothing that was recorded is lost. The wall tries again by itself, at
          least every 40 s. If this stays, the log of the server may say more.
        </p>
      </div>
    </main>
  );
}

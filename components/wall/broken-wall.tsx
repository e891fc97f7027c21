"use client";

import { usePageOutage } from "@/components/site/use-page-outage";
import { TabState } from "@/components/site/tab-state";
import { writeLocal } from "@/lib/client/time/write-moment";

/** Replaces a wall that failed to render. `advice`: what to do if it continues. It retries without end, because no one is there to click. */
export function BrokenWall({ advice, redraw }: { advice: string; redraw: () => void }) {
  const { since } = usePageOutage(redraw, { isUnattended: true });
  return (
    <main className="wall wall-pairing">
      <TabState title="Wall down · Rollcall" shape="error" isLive={false} />
      <div>
        <h1 className="wall-text-large font-medium">
          This wall has been down since <span>{writeLocal(since, since, "exact")}</span>.
        </h1>
        <p className="wall-text mt-[0.6em] max-w-[26em] text-quiet">
          Rollcall keeps watching, and no history is lost. The wall retries automatically, at least every 40
          s. {advice}
        </p>
      </div>
    </main>
  );
}

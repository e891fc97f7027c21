import { clsx } from "clsx";
import type { ReactNode } from "react";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { rolloutHeadline } from "@/lib/presentation/rollout-headline";
import { rolloutSentence } from "@/lib/presentation/rollout-sentence";

import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { RollCall } from "./roll-call";
import { RolloutFacts } from "./rollout-facts";
import { WarningList } from "./rollout-problems";

/**
 * One rollout: its replicas, its facts, and doubts about them. `former` is the version it replaces. Where several are
 * shown, each gets a heading, and below it the children: what is wrong with it.
 */
export function RolloutPicture({
  rollout,
  former,
  place,
  isLive = true,
  children,
}: {
  rollout: RolloutView;
  former: string | null;
  place: "only" | "newest" | "older";
  isLive?: boolean;
  children?: ReactNode;
}) {
  return (
    <article data-state={rollout.displayState} aria-label={`Rollout ${rollout.deploymentId}`}>
      <div className={clsx("margin-grid gap-y-2 pb-6", place === "newest" && "pt-4")}>
        <p className="flex items-center gap-2 self-start text-caption text-state">
          {place !== "only" && (
            <>
              <StateShape of={rollout.displayState} className="size-5" />
              <span>{place === "newest" ? "Newest" : "Older"}</span>
            </>
          )}
        </p>
        <div className="min-w-0">
          {place !== "only" && (
            <div className="mb-3">
              <RolloutHeading rollout={rollout} isLive={isLive} />
              {children}
            </div>
          )}
          <RollCall rollout={rollout} />
          {/* In another state these are other facts, and not the same ones moved. */}
          <RolloutFacts
            key={`${rollout.deploymentId} ${rollout.displayState}`}
            rollout={rollout}
            former={former}
          />
        </div>
      </div>
      <WarningList warnings={rollout.warnings} />
    </article>
  );
}

function RolloutHeading({ rollout, isLive }: { rollout: RolloutView; isLive: boolean }) {
  const { sentence, detail } = isLive
    ? rolloutHeadline(rollout)
    : { sentence: rolloutSentence(rollout, "then"), detail: null };
  return (
    <>
      <h2 className={clsx("text-lead font-medium text-pretty", !isLive && "text-quiet")}>
        <SentenceText sentence={sentence} />
      </h2>
      {detail !== null && (
        <p className="text-pretty text-quiet">
          <SentenceText sentence={detail} />
        </p>
      )}
    </>
  );
}

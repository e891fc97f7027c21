import type { ReactNode } from "react";

import type { RolloutView } from "@/lib/contract/rollout-view";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { rolloutSentence } from "@/lib/presentation/rollout-sentence";

import { Section } from "../ui/section";
import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { ReplicaCount, RollCall } from "./roll-call";
import { RolloutFacts } from "./rollout-facts";
import { ConditionList, ErrorMessage, WarningList } from "./rollout-problems";

/**
 * One rollout: what is wrong with it comes first, then its replicas, doubts about them, and its history (the children). `former` is the version it replaces.
 * Where several rollouts are shown, each gets a heading.
 */
export function RolloutPicture({
  rollout,
  former,
  place,
  children,
}: {
  rollout: RolloutView;
  former: string | null;
  place: "only" | "newest" | "older";
  children: ReactNode;
}) {
  return (
    <article data-state={rollout.displayState} aria-label={`Rollout ${rollout.deploymentId}`}>
      {place !== "only" && <RolloutHeading display={rollout} isNewest={place === "newest"} />}
      <ErrorMessage rollout={rollout} />
      <ConditionList conditions={rollout.conditions} />
      <Section name="Replicas">
        <div className="flex flex-wrap items-start gap-x-14 gap-y-5">
          <ReplicaCount rollout={rollout} />
          <RollCall rollout={rollout} />
        </div>
        <RolloutFacts rollout={rollout} former={former} />
      </Section>
      <WarningList warnings={rollout.warnings} />
      {children}
    </article>
  );
}

function RolloutHeading({ display, isNewest }: { display: RolloutDisplay; isNewest: boolean }) {
  return (
    <div className="margin-grid border-t border-ink pt-6 pb-8">
      <p className="flex items-center gap-2 text-caption text-state">
        <StateShape of={display.displayState} className="size-5" />
        <span>{isNewest ? "Newest" : "Older"}</span>
      </p>
      <h2 className="text-lead font-medium text-pretty">
        <SentenceText sentence={rolloutSentence(display)} />
      </h2>
    </div>
  );
}

import type { ReactNode } from "react";

import { toRolloutDisplay } from "@/lib/client/to-rollout-display";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toDisplayState } from "@/lib/domain/display-state";

import { Section } from "../ui/section";
import { ConditionList } from "./condition-list";
import { ErrorMessage } from "./error-message";
import { ReplicaCount } from "./replica-count";
import { RollCall } from "./roll-call";
import { RolloutFacts } from "./rollout-facts";
import { RolloutHeading } from "./rollout-heading";
import { WarningList } from "./warning-list";

/**
 * One rollout: how many replicas answer, what went wrong, and (the children) how it came so far.
 * `former` is the version that it led away from; `place` is said where several are shown.
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
  const display = toRolloutDisplay(rollout);
  return (
    <article data-state={toDisplayState(display)} aria-label={`Rollout ${rollout.deploymentId}`}>
      {place !== "only" && <RolloutHeading display={display} isNewest={place === "newest"} />}
      <Section name="Replicas">
        <div className="flex flex-wrap items-start gap-x-14 gap-y-5">
          <ReplicaCount rollout={rollout} />
          <RollCall rollout={rollout} />
        </div>
        <RolloutFacts rollout={rollout} former={former} />
      </Section>
      <ErrorMessage rollout={rollout} />
      <ConditionList conditions={rollout.conditions} />
      <WarningList warnings={rollout.warnings} />
      {children}
    </article>
  );
}

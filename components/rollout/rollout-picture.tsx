import type { ReactNode } from "react";

import { toNews } from "@/lib/client/to-news";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toStanding } from "@/lib/domain/standing";

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
  const news = toNews(rollout);
  return (
    <article data-standing={toStanding(news)} aria-label={`Rollout ${rollout.deploymentId}`}>
      {place !== "only" && <RolloutHeading news={news} isNewest={place === "newest"} />}
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

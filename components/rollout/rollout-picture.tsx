import { formerVersion, toNews } from "@/lib/client/to-news";
import type { Answer } from "@/lib/client/queries/polling";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { SightState } from "@/lib/domain/sight";
import { toStanding } from "@/lib/domain/standing";

import { Section } from "../ui/section";
import { ChartPanel } from "./chart/chart-panel";
import { ConditionList } from "./condition-list";
import { ErrorMessage } from "./error-message";
import { ReplicaCount } from "./replica-count";
import { RollCall } from "./roll-call";
import { RolloutFacts } from "./rollout-facts";
import { RolloutHeading } from "./rollout-heading";
import { WarningList } from "./warning-list";

/** One rollout: how many replicas answer, what went wrong, and how it came so far. */
export function RolloutPicture({
  answer,
  rollout,
  sight,
  isOneOfMany,
}: {
  answer: Answer<EndpointView>;
  rollout: RolloutView;
  sight: SightState;
  isOneOfMany: boolean;
}) {
  const news = toNews(rollout);
  const view = answer.body;
  return (
    <article data-standing={toStanding(news)} aria-label={`Rollout ${rollout.deploymentId}`}>
      {isOneOfMany && <RolloutHeading news={news} isNewest={rollout.deploymentId === view.current} />}
      <Section name="Replicas">
        <div className="flex flex-wrap items-start justify-between gap-x-14 gap-y-5">
          <ReplicaCount rollout={rollout} />
          <RollCall rollout={rollout} />
        </div>
        <RolloutFacts rollout={rollout} former={formerVersion(view, rollout)} />
      </Section>
      <ErrorMessage rollout={rollout} />
      <ConditionList conditions={rollout.conditions} />
      <WarningList warnings={rollout.warnings} />
      <ChartPanel answer={answer} rollout={rollout} sight={sight} />
    </article>
  );
}

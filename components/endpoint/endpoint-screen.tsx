"use client";

import { useQuery } from "@tanstack/react-query";

import { endpointQuery } from "@/lib/client/queries/endpoint";
import { currentRollout, featuredRollouts, formerVersion, toNews } from "@/lib/client/to-news";
import { useSightState } from "@/lib/client/use-sight";
import { useVantage } from "@/lib/client/use-vantage";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { isFailure } from "@/lib/domain/acknowledged";
import { toStanding } from "@/lib/domain/standing";

import { GuestLinks } from "../access/guest-links";
import { ChartPanel } from "../rollout/chart/chart-panel";
import { RolloutPicture } from "../rollout/rollout-picture";
import { WarningList } from "../rollout/warning-list";
import { Acknowledgement } from "./acknowledgement";
import { DeploymentList } from "./deployment-list";
import { EndpointHeading } from "./endpoint-heading";
import { EndpointTab } from "./endpoint-tab";
import { EventLog } from "./event-log";
import { Headline } from "./headline";
import { NothingDeployed } from "./nothing-deployed";
import { PastRollouts } from "./past-rollouts";
import { RawReply } from "./raw-reply";

/** One endpoint: what is happening, how far it is, how it came so far, and what it is concluded from. */
export function EndpointScreen() {
  const vantage = useVantage();
  const { data: answer } = useQuery(endpointQuery(vantage));
  const sight = useSightState(vantage.paths.view, answer, answer?.body.freshness.state ?? "live");
  if (answer === undefined) return null;
  const view = answer.body;
  const current = currentRollout(view);
  const featured = featuredRollouts(view);
  const standing = toStanding(current === null ? null : toNews(current));
  return (
    <main data-sight={sight} data-standing={standing}>
      <EndpointTab view={view} sight={sight} />
      <EndpointHeading answer={answer} sight={sight} />
      <Headline answer={answer} sight={sight} />
      <WarningList warnings={view.warnings} />
      {featured.map((rollout) => (
        <RolloutPicture
          key={rollout.deploymentId}
          rollout={rollout}
          former={formerVersion(view, rollout)}
          place={featured.length > 1 ? (rollout.deploymentId === view.current ? "newest" : "older") : "only"}
        >
          {isCurrentFailure(rollout, view) && vantage.token === null && (
            <Acknowledgement endpointId={view.endpoint.id} deploymentId={rollout.deploymentId} />
          )}
          <ChartPanel answer={answer} rollout={rollout} sight={sight} />
        </RolloutPicture>
      ))}
      {current === null && <NothingDeployed answer={answer} />}
      <div className="wide:grid wide:grid-cols-2 wide:gap-x-16">
        <DeploymentList view={view} />
        {vantage.token === null && <PastRollouts endpointId={view.endpoint.id} />}
      </div>
      <EventLog />
      {vantage.token === null && (
        <div className="screen-only">
          <GuestLinks endpointId={view.endpoint.id} />
          <RawReply endpointId={view.endpoint.id} />
        </div>
      )}
    </main>
  );
}

/** What a wall screen keeps large: the newest rollout ended without success. */
function isCurrentFailure(rollout: RolloutView, { current }: EndpointView): boolean {
  return rollout.deploymentId === current && isFailure(toStanding(toNews(rollout)));
}

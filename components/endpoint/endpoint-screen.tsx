"use client";

import { useQuery } from "@tanstack/react-query";

import { endpointQuery } from "@/lib/client/queries/endpoint";
import {
  currentRollout,
  featuredRollouts,
  formerVersion,
  toRolloutDisplay,
} from "@/lib/client/to-rollout-display";
import { useConnectionState } from "@/lib/client/use-freshness";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { isFailure } from "@/lib/domain/acknowledged";
import { toDisplayState } from "@/lib/domain/display-state";

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
  const apiScope = useApiScope();
  const { data: answer } = useQuery(endpointQuery(apiScope));
  const freshness = useConnectionState(apiScope.paths.view, answer, answer?.body.freshness.state ?? "live");
  if (answer === undefined) return null;
  const view = answer.body;
  const current = currentRollout(view);
  const featured = featuredRollouts(view);
  const displayState = toDisplayState(current === null ? null : toRolloutDisplay(current));
  return (
    <main data-freshness={freshness} data-state={displayState}>
      <EndpointTab view={view} freshness={freshness} />
      <EndpointHeading answer={answer} freshness={freshness} />
      <Headline answer={answer} freshness={freshness} />
      <WarningList warnings={view.warnings} />
      {featured.map((rollout) => (
        <RolloutPicture
          key={rollout.deploymentId}
          rollout={rollout}
          former={formerVersion(view, rollout)}
          place={featured.length > 1 ? (rollout.deploymentId === view.current ? "newest" : "older") : "only"}
        >
          {isCurrentFailure(rollout, view) && apiScope.token === null && (
            <Acknowledgement endpointId={view.endpoint.id} deploymentId={rollout.deploymentId} />
          )}
          <ChartPanel answer={answer} rollout={rollout} freshness={freshness} />
        </RolloutPicture>
      ))}
      {current === null && <NothingDeployed answer={answer} />}
      <div className="wide:grid wide:grid-cols-2 wide:gap-x-16">
        <DeploymentList view={view} />
        {apiScope.token === null && <PastRollouts endpointId={view.endpoint.id} />}
      </div>
      <EventLog />
      {apiScope.token === null && (
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
  return rollout.deploymentId === current && isFailure(toDisplayState(toRolloutDisplay(rollout)));
}

"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ApiFailure, isSignedOut } from "@/lib/client/api-failure";
import { ofEndpoint, throughLink } from "@/lib/client/api-scope";
import { endpointQuery } from "@/lib/client/queries";
import type { Answer } from "@/lib/client/polling";
import { currentRollout, featuredRollouts, formerVersion } from "@/lib/contract/current-rollout";
import { ApiScopeProvider, useApiScope } from "@/lib/client/use-api-scope";
import { useConnectionState } from "@/lib/client/use-freshness";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { muteAnchor } from "@/lib/contract/paths";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { isFailure } from "@/lib/domain/acknowledged";
import type { ConnectionState } from "@/lib/domain/connection";
import { displayStateOf } from "@/lib/domain/display-state";
import { tabTitle } from "@/lib/presentation/tab-title";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { ClosedLink } from "../access/closed-link";
import { SignedOut } from "../access/signed-out";
import { EndpointNotifications } from "../notifications/browser-notifications";
import { ChartPanel } from "../rollout/chart/chart-panel";
import { RolloutPicture } from "../rollout/rollout-picture";
import { ErrorMessage, WarningList } from "../rollout/rollout-problems";
import { IncidentLine } from "../site/incident-line";
import { TabState } from "../site/tab-state";
import { Frame } from "../ui/frame";
import { Section } from "../ui/section";
import { Acknowledgement } from "./acknowledgement";
import { DurationTrend } from "./duration-trend";
import { EndpointHeading } from "./endpoint-heading";
import { EventLog } from "./event-log";
import { Versions } from "./versions";
import { Headline } from "./headline";
import { RawReply } from "./raw-reply";
import { RolloutList } from "./rollout-list";

/**
 * The page of an endpoint. Nothing of it stays visible after its viewer is signed out. `usage`: how to call it; `mute`:
 * the control that mutes its notifications.
 */
export function EndpointScreen({ id, ...parts }: { id: string; usage: ReactNode; mute: ReactNode }) {
  const apiScope = ofEndpoint(id);
  const { error } = useQuery(endpointQuery(apiScope));
  if (isSignedOut(error)) return <SignedOut />;
  return (
    <ApiScopeProvider value={apiScope}>
      <Endpoint {...parts} />
    </ApiScopeProvider>
  );
}

/** The same through a guest link, about which `note` tells. Nothing of it stays visible after the link expired or was revoked. */
export function SharedEndpoint({ token, note }: { token: string; note: ReactNode }) {
  const apiScope = throughLink(token);
  const { error } = useQuery(endpointQuery(apiScope));
  if (error instanceof ApiFailure && error.status === 404) return <ClosedLink />;
  return (
    <ApiScopeProvider value={apiScope}>
      <Endpoint note={note} />
    </ApiScopeProvider>
  );
}

function Endpoint({
  usage = null,
  mute = null,
  note = null,
}: {
  usage?: ReactNode;
  mute?: ReactNode;
  note?: ReactNode;
}) {
  const apiScope = useApiScope();
  const { data: answer } = useQuery(endpointQuery(apiScope));
  const freshness = useConnectionState(apiScope.paths.view, answer, answer?.body.freshness.state ?? "live");
  if (answer === undefined) return null;
  const view = answer.body;
  const current = currentRollout(view);
  const featured = featuredRollouts(view);
  const only = featured.length === 1 ? featured[0] : undefined;
  const displayState = displayStateOf(current);
  const isGuest = apiScope.token !== null;
  return (
    <main data-freshness={freshness} data-state={displayState}>
      <EndpointTab view={view} freshness={freshness} />
      {note}
      <EndpointHeading answer={answer} freshness={freshness} />
      <Headline answer={answer} freshness={freshness}>
        {only === undefined ? null : toProblem(only, view, isGuest)}
      </Headline>
      {featured.map((rollout) => (
        <RolloutPicture
          key={rollout.deploymentId}
          rollout={rollout}
          former={formerVersion(view, rollout)}
          isLive={freshness === "live"}
          place={only !== undefined ? "only" : rollout.deploymentId === view.current ? "newest" : "older"}
        >
          {toProblem(rollout, view, isGuest)}
        </RolloutPicture>
      ))}
      {current !== null && <Versions view={view} rollout={current} isGuest={isGuest} />}
      <WarningList warnings={view.warnings} />
      {current !== null && (
        <ChartPanel
          // Another rollout starts with its table closed.
          key={current.deploymentId}
          answer={answer}
          rollout={current}
          others={featured.filter((rollout) => rollout !== current)}
          freshness={freshness}
        />
      )}
      {current === null && <NothingDeployed answer={answer} />}
      {current !== null && <DurationTrend rollout={current} isLive={freshness === "live"} />}
      <RolloutList view={view} />
      <EventLog observedAt={view.freshness.observedAt} />
      {!isGuest && (
        <div className="screen-only">
          {/* Where the link of a message leads. */}
          <div id={muteAnchor} className="scripts-only scroll-mt-6">
            <Section name="Notifications">
              <div className="space-y-6">
                {mute}
                <EndpointNotifications />
              </div>
            </Section>
          </div>
          {usage}
          <RawReply endpointId={view.endpoint.id} />
        </div>
      )}
      <IncidentLine reported={view.providerIncidents} />
    </main>
  );
}

/** What the API reports as wrong with a rollout, and what can be done about it; null if nothing is. */
function toProblem(rollout: RolloutView, view: EndpointView, isGuest: boolean): ReactNode {
  const mayAcknowledge = !isGuest && isCurrentFailure(rollout, view);
  if (rollout.errorMessage === null && !mayAcknowledge) return null;
  const { deploymentId } = rollout;
  const actions = mayAcknowledge ? (
    <Acknowledgement endpointId={view.endpoint.id} deploymentId={deploymentId} />
  ) : null;
  return <ErrorMessage rollout={rollout} actions={actions} />;
}

/** Whether the newest rollout failed. Wall screens keep such an endpoint large until it's acknowledged. */
function isCurrentFailure(rollout: RolloutView, { current }: EndpointView): boolean {
  return rollout.deploymentId === current && isFailure(rollout.displayState);
}

function EndpointTab({ view, freshness }: { view: EndpointView; freshness: ConnectionState }) {
  const rollout = currentRollout(view);
  const title = toVisibleText(tabTitle(rollout, freshness, view.endpoint.id, featuredRollouts(view)));
  return <TabState title={title} shape={displayStateOf(rollout)} isLive={freshness === "live"} />;
}

function NothingDeployed({ answer }: { answer: Answer<EndpointView> }) {
  if (answer.body.freshness.observedAt === null) return null;
  return (
    <Section name="Replicas">
      <Frame>
        Cerebras lists no deployments for this endpoint, so there are no replicas to show. When you deploy a
        model version, Rollcall records the rollout from the start, whether this page is open or not.
      </Frame>
    </Section>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { ApiFailure, isSignedOut } from "@/lib/client/api-failure";
import { ofEndpoint, throughLink } from "@/lib/client/api-scope";
import { endpointQuery, rolloutQuery } from "@/lib/client/queries";
import { timelineEnd } from "@/lib/contract/current-rollout";
import { useApiScope, ApiScopeProvider } from "@/lib/client/use-api-scope";
import { useConnectionState } from "@/lib/client/use-freshness";
import { isFailure } from "@/lib/domain/acknowledged";
import { displayStateWord } from "@/lib/presentation/state-words";
import { tabTitle } from "@/lib/presentation/tab-title";
import { versionName } from "@/lib/presentation/version";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { ClosedLink } from "../../access/closed-link";
import { ShareActions } from "../../access/share-actions";
import { SignedOut } from "../../access/signed-out";
import { Acknowledgement } from "../../endpoint/acknowledgement";
import { Versions } from "../../endpoint/versions";
import { Heartbeat } from "../../endpoint/endpoint-heading";
import { Message } from "../../site/message";
import { Path } from "../../site/path";
import { TabState } from "../../site/tab-state";
import { StateMark } from "../../ui/state-mark";
import { Verbatim } from "../../ui/verbatim";
import { RolloutPicture } from "../rollout-picture";
import { ErrorMessage } from "../rollout-problems";
import { useOther } from "../chart/use-comparison";
import { Neighbors } from "./neighbors";
import { ReceiptLine } from "./receipt-line";
import { RolloutHeadline } from "./rollout-headline";
import { RolloutLog } from "./rollout-log";
import { TimelinePanel } from "./timeline-panel";
import { useView } from "./view-state";

/** The permanent page of one rollout: its state, its whole history, and ways to share it. */
export function RolloutScreen({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const apiScope = useMemo(() => ofEndpoint(endpointId), [endpointId]);
  return (
    <ApiScopeProvider value={apiScope}>
      <Rollout deploymentId={deploymentId} />
    </ApiScopeProvider>
  );
}

/** The same through a guest link. */
export function SharedRollout({ token, deploymentId }: { token: string; deploymentId: string }) {
  const apiScope = useMemo(() => throughLink(token), [token]);
  const { error } = useQuery(endpointQuery(apiScope));
  if (error instanceof ApiFailure && error.status === 404) return <ClosedLink />;
  return (
    <ApiScopeProvider value={apiScope}>
      <Rollout deploymentId={deploymentId} />
    </ApiScopeProvider>
  );
}

function Rollout({ deploymentId }: { deploymentId: string }) {
  const apiScope = useApiScope();
  const home = apiScope.pages.endpoint;
  const { data: answer, error } = useQuery(endpointQuery(apiScope));
  const { data: detail, error: detailError } = useQuery(rolloutQuery(apiScope, deploymentId));
  const state = useConnectionState(apiScope.paths.view, answer, answer?.body.freshness.state ?? "live");
  const recorded = detail?.body.rollout;
  const listed = answer?.body.rollouts.find((each) => each.deploymentId === deploymentId);
  const rollout = useMemo(
    () => (recorded === undefined ? undefined : { ...recorded, ...listed }),
    [recorded, listed],
  );
  const compared = useComparedVersion();
  if (isSignedOut(error)) return <SignedOut />;
  if (answer === undefined) return null;
  if (detail === undefined || rollout === undefined)
    return <UnreadRollout home={home} reason={detailError?.message ?? null} />;
  const endpointId = answer.body.endpoint.id;
  // An ended rollout doesn't change any more, so an outage doesn't make it stale.
  const isOver = timelineEnd(rollout) !== null;
  const freshness = isOver ? "live" : state;
  const { displayState } = rollout;
  const isGuest = apiScope.token !== null;
  const isCurrent = deploymentId === answer.body.current;
  const actions =
    isCurrent && isFailure(displayState) && !isGuest ? (
      <Acknowledgement endpointId={endpointId} deploymentId={deploymentId} />
    ) : null;
  return (
    <main data-freshness={freshness} data-state={displayState}>
      <TabState
        title={toVisibleText(tabTitle(rollout, freshness, endpointId))}
        shape={displayState}
        isLive={freshness === "live"}
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 border-t border-ink py-2">
        <Path isGuest={isGuest} endpoint={{ href: home, id: endpointId }}>
          Rollout <Verbatim text={versionName(rollout.version)} />
          {compared !== null && (
            <>
              {" compared with "}
              <Verbatim text={compared} />
            </>
          )}
        </Path>
        <div className="flex flex-wrap items-baseline gap-x-8">
          {!isOver && <Heartbeat answer={answer} freshness={freshness} />}
          <Neighbors detail={detail.body} />
          {!isGuest && <ShareActions endpointId={endpointId} deploymentId={deploymentId} />}
        </div>
      </div>
      <div className="margin-grid pt-5">
        <StateMark of={displayState} word={displayStateWord(displayState)} />
        <div>
          <RolloutHeadline answer={answer} rollout={rollout} compared={compared} freshness={freshness}>
            {rollout.errorMessage === null && actions === null ? null : (
              <ErrorMessage rollout={rollout} actions={actions} />
            )}
          </RolloutHeadline>
        </div>
      </div>
      <RolloutPicture rollout={rollout} former={detail.body.rollout.previousVersion} place="only" />
      <Versions view={answer.body} rollout={rollout} isGuest={isGuest} />
      <TimelinePanel answer={answer} rollout={rollout} detail={detail} freshness={freshness} />
      <RolloutLog detail={detail.body} observedAt={answer.body.freshness.observedAt} />
      {!isGuest && (
        <div className="screen-only">
          <ReceiptLine endpointId={endpointId} deploymentId={deploymentId} />
        </div>
      )}
    </main>
  );
}

/** The version of the rollout that was chosen to compare with; null for none. */
function useComparedVersion(): string | null {
  const { other } = useView().view;
  const { detail } = useOther(
    other === null || other === "" ? null : { deploymentId: other, isChosen: true },
  );
  return detail === null ? null : versionName(detail.rollout.version);
}

/** Replaces a rollout whose history the server can't read. */
function UnreadRollout({ home, reason }: { home: string; reason: string | null }) {
  return (
    <Message
      title="History unavailable · Rollcall"
      shape="nothing"
      name="Unavailable"
      sentence="This rollout’s history can’t be read right now."
      isAlone
    >
      <p>
        <span>{reason ?? "The database isn’t answering."}</span> The rollout appears here once the database
        answers. Meanwhile, the{" "}
        <a href={home} className="underline decoration-line-strong underline-offset-4 hover:decoration-ink">
          endpoint’s page
        </a>{" "}
        stays live.
      </p>
    </Message>
  );
}

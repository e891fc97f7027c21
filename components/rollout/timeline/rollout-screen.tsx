"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { ApiFailure } from "@/lib/client/api-failure";
import { isSignedOut } from "@/lib/client/is-signed-out";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { rolloutQuery } from "@/lib/client/queries/rollout";
import { timelineEnd, toRolloutDisplay } from "@/lib/client/to-rollout-display";
import { useConnectionState } from "@/lib/client/use-freshness";
import { useApiScope, ApiScopeProvider } from "@/lib/client/use-api-scope";
import { ofEndpoint, throughLink } from "@/lib/client/api-scope";
import { pagePaths } from "@/lib/contract/paths";
import { rolloutSentence } from "@/lib/domain/sentence";
import { displayStateWord, toDisplayState } from "@/lib/domain/display-state";
import { tabTitle } from "@/lib/domain/tab-title";
import { toVisibleText } from "@/lib/domain/visible-text";

import { UnreadRollout } from "./unread-rollout";
import { OutageLine } from "./outage-line";
import { ClosedLink } from "../../access/closed-link";
import { GuestLinks } from "../../access/guest-links";
import { SignedOut } from "../../access/signed-out";
import { TabState } from "../../site/tab-state";
import { SentenceText } from "../../ui/sentence-text";
import { StateMark } from "../../ui/state-mark";
import { RolloutPicture } from "../rollout-picture";
import { TimelinePanel } from "./timeline-panel";
import { ReceiptLine } from "./receipt-line";
import { TransitionList } from "./transition-list";

/** The permanent page of one rollout: how it ended or goes on, its whole course, and how to share it. */
export function RolloutScreen({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const apiScope = useMemo(() => ofEndpoint(endpointId), [endpointId]);
  return (
    <ApiScopeProvider value={apiScope}>
      <Rollout deploymentId={deploymentId} home={pagePaths.endpoint(endpointId)} />
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
      <Rollout deploymentId={deploymentId} home={pagePaths.shared(token)} />
    </ApiScopeProvider>
  );
}

/** `home` is where the endpoint's own page is. */
function Rollout({ deploymentId, home }: { deploymentId: string; home: string }) {
  const apiScope = useApiScope();
  const { data: answer, error } = useQuery(endpointQuery(apiScope));
  const { data: detail, error: unread } = useQuery(rolloutQuery(apiScope, deploymentId));
  const state = useConnectionState(apiScope.paths.view, answer, answer?.body.freshness.state ?? "live");
  const recorded = detail?.body.rollout;
  const listed = answer?.body.rollouts.find((each) => each.deploymentId === deploymentId);
  const rollout = useMemo(
    () => (recorded === undefined ? undefined : { ...recorded, ...listed }),
    [recorded, listed],
  );
  if (isSignedOut(error)) return <SignedOut />;
  if (answer === undefined) return null;
  if (detail === undefined || rollout === undefined)
    return <UnreadRollout home={home} reason={unread?.message ?? null} />;
  const endpointId = answer.body.endpoint.id;
  // What has ended stays as true as it was, whatever is seen of the endpoint now.
  const isOver = timelineEnd(rollout) !== null;
  const freshness = isOver ? "live" : state;
  const display = toRolloutDisplay(rollout);
  const displayState = toDisplayState(display);
  return (
    <main data-freshness={freshness} data-state={displayState}>
      <TabState
        title={toVisibleText(tabTitle(display, freshness, endpointId))}
        shape={displayState}
        isLive={freshness === "live"}
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 border-t border-ink py-4">
        <h1 className="font-mono text-body break-all">
          <a href={home} className="underline decoration-line-strong underline-offset-4 hover:decoration-ink">
            {endpointId}
          </a>
          <span className="ml-3 font-sans text-caption text-quiet">one rollout</span>
        </h1>
      </div>
      <div className="margin-grid pt-6 pb-6">
        <StateMark of={displayState} word={displayStateWord(displayState)} />
        <div className="max-w-[60rem]">
          <p className="min-h-[2lh] text-sentence font-medium tracking-[-0.022em] text-balance">
            <SentenceText sentence={rolloutSentence(display)} />
          </p>
          {!isOver && <OutageLine answer={answer} freshness={freshness} />}
        </div>
      </div>
      <RolloutPicture rollout={rollout} former={detail.body.rollout.previousVersion} place="only">
        <TimelinePanel answer={answer} rollout={rollout} detail={detail} freshness={freshness} />
      </RolloutPicture>
      <TransitionList detail={detail.body} />
      {apiScope.token === null && (
        <div className="screen-only">
          <ReceiptLine endpointId={endpointId} deploymentId={deploymentId} />
          <GuestLinks endpointId={endpointId} deploymentId={deploymentId} />
        </div>
      )}
    </main>
  );
}

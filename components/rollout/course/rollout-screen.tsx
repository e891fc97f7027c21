"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { ApiFailure } from "@/lib/client/api-failure";
import { isSignedOut } from "@/lib/client/is-signed-out";
import { endpointQuery } from "@/lib/client/queries/endpoint";
import { rolloutQuery } from "@/lib/client/queries/rollout";
import { courseEnd, toNews } from "@/lib/client/to-news";
import { useSightState } from "@/lib/client/use-sight";
import { useVantage, VantageProvider } from "@/lib/client/use-vantage";
import { ofEndpoint, throughLink } from "@/lib/client/vantage";
import { pagePaths } from "@/lib/contract/paths";
import { rolloutSentence } from "@/lib/domain/sentence";
import { standingWord, toStanding } from "@/lib/domain/standing";
import { tabTitle } from "@/lib/domain/tab-title";
import { toVisibleText } from "@/lib/domain/visible-text";

import { UnreadRollout } from "./unread-rollout";
import { TroubleLine } from "./trouble-line";
import { ClosedLink } from "../../access/closed-link";
import { GuestLinks } from "../../access/guest-links";
import { SignedOut } from "../../access/signed-out";
import { TabState } from "../../site/tab-state";
import { SentenceText } from "../../ui/sentence-text";
import { StateMark } from "../../ui/state-mark";
import { RolloutPicture } from "../rollout-picture";
import { CoursePanel } from "./course-panel";
import { ReceiptLine } from "./receipt-line";
import { TransitionList } from "./transition-list";

/** The permanent page of one rollout: how it ended or goes on, its whole course, and how to share it. */
export function RolloutScreen({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const vantage = useMemo(() => ofEndpoint(endpointId), [endpointId]);
  return (
    <VantageProvider value={vantage}>
      <Rollout deploymentId={deploymentId} home={pagePaths.endpoint(endpointId)} />
    </VantageProvider>
  );
}

/** The same through a guest link. */
export function SharedRollout({ token, deploymentId }: { token: string; deploymentId: string }) {
  const vantage = useMemo(() => throughLink(token), [token]);
  const { error } = useQuery(endpointQuery(vantage));
  if (error instanceof ApiFailure && error.status === 404) return <ClosedLink />;
  return (
    <VantageProvider value={vantage}>
      <Rollout deploymentId={deploymentId} home={pagePaths.shared(token)} />
    </VantageProvider>
  );
}

/** `home` is where the endpoint's own page is. */
function Rollout({ deploymentId, home }: { deploymentId: string; home: string }) {
  const vantage = useVantage();
  const { data: answer, error } = useQuery(endpointQuery(vantage));
  const { data: detail, error: unread } = useQuery(rolloutQuery(vantage, deploymentId));
  const state = useSightState(vantage.paths.view, answer, answer?.body.freshness.state ?? "live");
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
  const isOver = courseEnd(rollout) !== null;
  const sight = isOver ? "live" : state;
  const news = toNews(rollout);
  const standing = toStanding(news);
  return (
    <main data-sight={sight} data-standing={standing}>
      <TabState
        title={toVisibleText(tabTitle(news, sight, endpointId))}
        shape={standing}
        isLive={sight === "live"}
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
        <StateMark of={standing} word={standingWord(standing)} />
        <div className="max-w-[60rem]">
          <p className="min-h-[2lh] text-sentence font-medium tracking-[-0.022em] text-balance">
            <SentenceText sentence={rolloutSentence(news)} />
          </p>
          {!isOver && <TroubleLine answer={answer} sight={sight} />}
        </div>
      </div>
      <RolloutPicture rollout={rollout} former={detail.body.rollout.previousVersion} place="only">
        <CoursePanel answer={answer} rollout={rollout} detail={detail} sight={sight} />
      </RolloutPicture>
      <TransitionList detail={detail.body} />
      {vantage.token === null && (
        <div className="screen-only">
          <ReceiptLine endpointId={endpointId} deploymentId={deploymentId} />
          <GuestLinks endpointId={endpointId} deploymentId={deploymentId} />
        </div>
      )}
    </main>
  );
}

import type { ReactNode } from "react";

import type { Answer } from "@/lib/client/polling";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useFreshness } from "@/lib/client/use-freshness";
import { timelineEnd } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ConnectionState } from "@/lib/domain/connection";
import { rolloutsAnnounceable } from "@/lib/presentation/announcement";
import { outageSentence } from "@/lib/presentation/outage-sentence";
import { rolloutHeadline } from "@/lib/presentation/rollout-headline";
import { rolloutSentence } from "@/lib/presentation/rollout-sentence";
import { tidy } from "@/lib/presentation/sentence-text";
import { versionName } from "@/lib/presentation/version";

import { Announcement } from "../../ui/announcement";
import { HeadlineText } from "../../ui/headline-text";

/** What happens in the rollout, below it why that isn't known now; screen readers announce both when they change. */
export function RolloutHeadline({
  answer,
  rollout,
  compared,
  freshness: state,
  children,
}: {
  answer: Answer<EndpointView>;
  rollout: RolloutView;
  /** The version that it is compared with, which is then what the page is about. */
  compared: string | null;
  freshness: ConnectionState;
  children: ReactNode;
}) {
  const freshness = useFreshness(useApiScope().paths.view, answer, answer.body.freshness, state);
  const isOver = timelineEnd(rollout) !== null;
  const outage = isOver ? null : outageSentence({ ...freshness, retryAt: null });
  // What was concluded when it was last seen may no longer be true.
  const { sentence, detail } =
    outage === null ? rolloutHeadline(rollout) : { sentence: rolloutSentence(rollout, "then"), detail: null };
  return (
    <>
      <HeadlineText
        word={rollout.displayState}
        sentence={
          compared === null ? sentence : tidy([`${versionName(rollout.version)} compared with ${compared}`])
        }
        details={[outage, compared === null ? null : sentence, detail].filter((text) => text !== null)}
      >
        {children}
      </HeadlineText>
      <Announcement
        about={rolloutsAnnounceable([rollout], freshness)}
        sentences={[outage ?? rolloutSentence(rollout)]}
      />
    </>
  );
}

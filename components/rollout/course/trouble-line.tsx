"use client";

import type { Answer } from "@/lib/client/queries/polling";
import { useSight } from "@/lib/client/use-sight";
import { useVantage } from "@/lib/client/use-vantage";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { troubleSentence } from "@/lib/domain/sentence";
import type { SightState } from "@/lib/domain/sight";

import { SentenceText } from "../../ui/sentence-text";

/** What stands between the viewer and the present of a rollout that goes on; nothing while it is live. */
export function TroubleLine({ answer, sight: state }: { answer: Answer<EndpointView>; sight: SightState }) {
  const sight = useSight(useVantage().paths.view, answer, answer.body.freshness, state);
  const trouble = troubleSentence(sight);
  if (trouble === null) return null;
  return (
    <p className="mt-3 text-lead text-pretty">
      <SentenceText sentence={trouble} />
    </p>
  );
}

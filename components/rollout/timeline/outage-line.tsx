"use client";

import type { Answer } from "@/lib/client/queries/polling";
import { useFreshness } from "@/lib/client/use-freshness";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { outageSentence } from "@/lib/domain/sentence";
import type { ConnectionState } from "@/lib/domain/connection";

import { SentenceText } from "../../ui/sentence-text";

/** What stands between the viewer and the present of a rollout that goes on; nothing while it is live. */
export function OutageLine({
  answer,
  freshness: state,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const freshness = useFreshness(useApiScope().paths.view, answer, answer.body.freshness, state);
  const outage = outageSentence(freshness);
  if (outage === null) return null;
  return (
    <p className="mt-3 text-lead text-pretty">
      <SentenceText sentence={outage} />
    </p>
  );
}

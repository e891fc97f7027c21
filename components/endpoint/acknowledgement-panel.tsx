"use client";

import { useQuery } from "@tanstack/react-query";

import { readText } from "@/lib/client/api";
import { acknowledgedQuery, queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { Verbatim } from "../ui/verbatim";

/** Shows who acknowledged the failure, or lets the viewer acknowledge it. */
export function AcknowledgementPanel({
  endpointId,
  deploymentId,
}: {
  endpointId: string;
  deploymentId: string;
}) {
  const { data, error } = useQuery(acknowledgedQuery(endpointId, deploymentId));
  const {
    mutate,
    isPending,
    error: rejection,
  } = useChange(({ acknowledged }) => acknowledged, {
    stale: queryKeys.acknowledged(endpointId, deploymentId),
  });
  const path = apiPaths.acknowledgement(endpointId, deploymentId);
  if (data === undefined) return error === null ? null : <p className="text-quiet">{error.message}</p>;
  const { acknowledgement } = data.body;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      {acknowledgement === null ? (
        <PushButton disabled={isPending} onClick={() => mutate({ method: "POST", path })}>
          Acknowledge<span className="sr-only"> the failure</span>
        </PushButton>
      ) : (
        <PushButton disabled={isPending} onClick={() => mutate({ method: "DELETE", path })}>
          Undo<span className="sr-only"> the acknowledgement</span>
        </PushButton>
      )}
      <CopyButton text={() => readText(apiPaths.receipt(endpointId, deploymentId))} what="Markdown" isAlone />
      <p aria-live="polite" className="w-full text-caption text-pretty text-quiet">
        {acknowledgement === null ? (
          <span>Not acknowledged yet. Wall screens keep it large until someone does.</span>
        ) : (
          <>
            {acknowledgement.by === null ? <span>Someone</span> : <Verbatim text={acknowledgement.by} />}{" "}
            acknowledged it at <Moment at={acknowledgement.at} />. Wall screens show it small.
          </>
        )}
      </p>
      {rejection !== null && <p role="alert">{rejection.message}</p>}
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";

import { acknowledgedQuery, queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";

import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { TextButton } from "../ui/text-button";
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
    <div aria-live="polite" className="flex flex-wrap items-center gap-x-6 gap-y-3">
      {acknowledgement === null ? (
        <>
          <PushButton disabled={isPending} onClick={() => mutate({ method: "POST", path })}>
            Acknowledge the failure
          </PushButton>
          <p className="text-quiet">Not acknowledged yet. Wall screens keep it large until someone does.</p>
        </>
      ) : (
        <>
          <p>
            {acknowledgement.by === null ? <span>Someone</span> : <Verbatim text={acknowledgement.by} />}{" "}
            acknowledged it at <Moment at={acknowledgement.at} />. Wall screens show it small.
          </p>
          <TextButton disabled={isPending} onClick={() => mutate({ method: "DELETE", path })}>
            Undo
          </TextButton>
        </>
      )}
      {rejection !== null && <p>{rejection.message}</p>}
    </div>
  );
}

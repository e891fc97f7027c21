"use client";

import { useLate } from "@/lib/client/use-late";

import { Section } from "../ui/section";

/** Who has seen this failure; fetched only where something has failed. */
export function Acknowledgement({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const late = useLate(loadDesk, true);
  return (
    <Section name="Acknowledged">
      <div className="min-h-[3.25rem]">
        {late !== null && <late.AcknowledgementDesk endpointId={endpointId} deploymentId={deploymentId} />}
      </div>
    </Section>
  );
}

function loadDesk() {
  return import("./acknowledgement-desk");
}

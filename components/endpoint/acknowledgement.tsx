"use client";

import { useLazy } from "@/lib/client/use-lazy";

import { Section } from "../ui/section";

/** Who acknowledged this failure; the code is loaded only where something failed. */
export function Acknowledgement({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const late = useLazy(loadPanel, true);
  return (
    <Section name="Acknowledged">
      <div className="min-h-[3.25rem]">
        {late !== null && <late.AcknowledgementPanel endpointId={endpointId} deploymentId={deploymentId} />}
      </div>
    </Section>
  );
}

function loadPanel() {
  return import("./acknowledgement-panel");
}

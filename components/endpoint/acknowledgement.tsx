"use client";

import { useLazy } from "@/lib/client/use-lazy";

/** Who acknowledged this failure, and its receipt; the code is loaded only where something failed. */
export function Acknowledgement({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const late = useLazy(loadPanel, true);
  return (
    // As high as what is loaded, so that nothing below moves.
    <div className="scripts-only w-full min-h-[4.5rem] max-sm:min-h-[6rem]">
      {late !== null && <late.AcknowledgementPanel endpointId={endpointId} deploymentId={deploymentId} />}
    </div>
  );
}

function loadPanel() {
  return import("./acknowledgement-panel");
}

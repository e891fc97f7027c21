"use client";

import { useState } from "react";

import { useLazy } from "@/lib/client/use-lazy";

import { CopyButton } from "../ui/copy-button";
import { TextButton } from "../ui/text-button";

/**
 * Passes a page on: its address, for people with access, and guest links for others, loaded on request. With
 * `deploymentId`, a new link opens that rollout. Neither works without scripts, so both are hidden then.
 */
export function ShareActions({ endpointId, deploymentId }: { endpointId: string; deploymentId?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const late = useLazy(loadDialog, isOpen);
  return (
    <div className="scripts-only flex items-baseline gap-x-4 py-1">
      <CopyButton text={() => Promise.resolve(location.href)} what="link" isAlone />
      <TextButton aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        Share
      </TextButton>
      {isOpen && late !== null && (
        <late.ShareDialog
          endpointId={endpointId}
          deploymentId={deploymentId ?? null}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  );
}

function loadDialog() {
  return import("./share-dialog");
}

"use client";

import { useEffect, useRef } from "react";

import { TextButton } from "../ui/text-button";
import { GuestLinkPanel } from "./guest-link-panel";

/** Guest links in a dialog. A click beside it does not close it, because a new link is shown only once. */
export function ShareDialog({
  endpointId,
  deploymentId,
  onClose,
}: {
  endpointId: string;
  deploymentId: string | null;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="share-title"
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-3rem)] w-[min(46rem,calc(100vw-2rem))] overflow-y-auto border border-ink bg-ground p-6 text-body text-ink backdrop:bg-ground/80 sm:p-8"
    >
      <div className="mb-3 flex items-baseline justify-between gap-6">
        <h2 id="share-title" className="text-lead font-medium">
          Share with a guest link
        </h2>
        <TextButton onClick={() => dialog.current?.close()}>Close</TextButton>
      </div>
      <GuestLinkPanel endpointId={endpointId} deploymentId={deploymentId} />
    </dialog>
  );
}

"use client";

import { useState } from "react";

import { useLazy } from "@/lib/client/use-lazy";

import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";

/** The guest links of an endpoint, loaded on request. With `deploymentId`, a new link opens that rollout. */
export function GuestLinks({ endpointId, deploymentId }: { endpointId: string; deploymentId?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const late = useLazy(loadPanel, isOpen);
  return (
    <Section name="Guest links">
      <TextButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? "Hide guest links" : "Share this endpoint"}
      </TextButton>
      {isOpen && late !== null && (
        <late.GuestLinkPanel endpointId={endpointId} deploymentId={deploymentId ?? null} />
      )}
    </Section>
  );
}

function loadPanel() {
  return import("./guest-link-panel");
}

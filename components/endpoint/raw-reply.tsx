"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { rawReplyQuery } from "@/lib/client/queries";
import { useLazy } from "@/lib/client/use-lazy";

import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";

/** The last reply of the Management API, unchanged; loaded on request. */
export function RawReply({ endpointId }: { endpointId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section name="Last raw reply">
      <TextButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? "Hide the reply" : "Show the reply"}
      </TextButton>
      {isOpen && <OpenReply endpointId={endpointId} />}
    </Section>
  );
}

function OpenReply({ endpointId }: { endpointId: string }) {
  const { data, error } = useQuery(rawReplyQuery(endpointId));
  const late = useLazy(loadReplyText, true);
  if (data !== undefined && late !== null) return <late.ReplyText reply={data.body} />;
  return <p className="mt-3 text-quiet">{error === null ? "Loading the reply." : error.message}</p>;
}

function loadReplyText() {
  return import("./reply-text");
}

"use client";

import { Message } from "@/components/site/message";
import { TextButton } from "@/components/ui/text-button";

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <Message
      title="Something broke · Rollcall"
      shape="error"
      name="Broken"
      sentence="This page could not be drawn."
    >
      <p>The fault is in Rollcall. Watching goes on, and nothing that was recorded is lost.</p>
      <p className="mt-3">
        <TextButton onClick={reset}>Draw it again</TextButton>
      </p>
    </Message>
  );
}

"use client";

import { useMemo, useState } from "react";

import { useChange } from "@/lib/client/use-change";
import { toDrawnMessage } from "@/lib/contract/drawn-message";
import type { ChannelTest, ChannelView } from "@/lib/contract/notifications";
import { apiPaths } from "@/lib/contract/paths";

import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { MessageDrawing } from "./drawn-message";

/** One channel: where it leads, its rules, a test, and how its messages look to a program. */
export function ChannelEntry({ channel: { name, type, place, rules, preview } }: { channel: ChannelView }) {
  const [outcome, setOutcome] = useState<ChannelTest | null>(null);
  const { mutate, error, isPending } = useChange(({ channelTest }) => channelTest, { onDone: setOutcome });
  const drawn = useMemo(() => toDrawnMessage(type, preview), [type, preview]);
  return (
    <Section name={name}>
      <p>
        {typeNames[type] ?? type}: <Verbatim text={place} />
      </p>
      <ul className="mt-3 text-quiet">
        {rules.length === 0 && <li>No rule sends anything here.</li>}
        {rules.map((rule) => (
          <li key={rule}>
            <Verbatim text={rule} />
          </li>
        ))}
      </ul>
      <p className="scripts-only mt-4">
        <TextButton
          disabled={isPending}
          onClick={() => {
            setOutcome(null);
            mutate({ method: "POST", path: apiPaths.channelTest(name) });
          }}
        >
          {isPending ? "Sending a test message …" : "Send a test message"}
          <span className="sr-only"> to {name}</span>
        </TextButton>
      </p>
      <p role="status" className="mt-3 text-pretty empty:hidden">
        {error?.message ??
          (outcome === null ? "" : (outcome.problem ?? "The receiver accepted the test message."))}
      </p>
      <details className="mt-4">
        <summary className="cursor-pointer text-caption text-quiet">Preview of a message</summary>
        {drawn !== null && (
          <div className="mt-3">
            <MessageDrawing message={drawn} />
            <h3 className="mt-4 text-caption text-quiet">What is sent</h3>
          </div>
        )}
        <pre className="mt-3 max-h-96 overflow-auto bg-sunken p-4 text-caption" tabIndex={0}>
          {preview}
        </pre>
      </details>
    </Section>
  );
}

const typeNames: Readonly<Record<string, string>> = {
  slack: "Slack bot",
  "slack-webhook": "Slack webhook",
  webhook: "Signed webhook",
  teams: "Microsoft Teams",
  mail: "Mail",
  pagerduty: "PagerDuty alerts",
  "pagerduty-changes": "PagerDuty change events",
  grafana: "Grafana annotations",
};

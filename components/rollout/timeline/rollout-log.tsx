"use client";

import { useMemo } from "react";

import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { toDetailEvents } from "@/lib/presentation/event";

import { Log } from "../../ui/log";
import { Section } from "../../ui/section";

/** Everything that happened in one rollout, newest first. */
export function RolloutLog({ detail }: { detail: RolloutDetail }) {
  const { transitions, transitionsTotal } = detail;
  const events = useMemo(() => toDetailEvents(detail), [detail]);
  return (
    <Section name="Log">
      <Log events={events} isNamed={false} />
      {transitions.length < transitionsTotal && (
        <p className="mt-3 text-quiet">
          {`Made from the newest ${transitions.length} of ${transitionsTotal} changes. The CSV has all of them.`}
        </p>
      )}
    </Section>
  );
}

"use client";

import { useMemo } from "react";

import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { Instant } from "@/lib/domain/instant";
import { eventsUntil, toDetailEvents } from "@/lib/presentation/event";

import { Log } from "../../ui/log";
import { Section } from "../../ui/section";

/** Everything that happened in one rollout until its endpoint's last observation that the page shows, newest first. */
export function RolloutLog({ detail, observedAt }: { detail: RolloutDetail; observedAt: Instant | null }) {
  const { transitions, transitionsTotal } = detail;
  const events = useMemo(() => eventsUntil(toDetailEvents(detail), observedAt), [detail, observedAt]);
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

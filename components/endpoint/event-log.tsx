"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { eventsQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointEvent } from "@/lib/contract/event";
import type { Instant } from "@/lib/domain/instant";
import { eventsUntil } from "@/lib/presentation/event";

import { Log } from "../ui/log";
import { Section } from "../ui/section";

const none: EndpointEvent[] = [];

/** What happened on the endpoint until its last observation that the page shows, newest first. */
export function EventLog({ observedAt }: { observedAt: Instant | null }) {
  const { data } = useQuery(eventsQuery(useApiScope()));
  const all = data?.body.events ?? none;
  const events = useMemo(() => eventsUntil(all, observedAt), [all, observedAt]);
  return (
    <Section name="Log">
      {events.length === 0 ? <p className="text-quiet">No events yet.</p> : <Log events={events} isNamed />}
    </Section>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";

import { eventsQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointEvent } from "@/lib/contract/event";

import { Log } from "../ui/log";
import { Section } from "../ui/section";

const none: EndpointEvent[] = [];

/** What happened on the endpoint, newest first. */
export function EventLog() {
  const { data } = useQuery(eventsQuery(useApiScope()));
  const events = data?.body.events ?? none;
  return (
    <Section name="Log">
      {events.length === 0 ? <p className="text-quiet">No events yet.</p> : <Log events={events} isNamed />}
    </Section>
  );
}

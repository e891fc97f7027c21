"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { eventsQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointEvent } from "@/lib/contract/event";
import { versionName } from "@/lib/presentation/version";

import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

const shownAtFirst = 12;

/** Events of the endpoint, newest first, each with the two polls it happened between. */
export function EventLog() {
  const { data } = useQuery(eventsQuery(useApiScope()));
  const [isWhole, setIsWhole] = useState(false);
  const events = data?.body.events ?? [];
  const shown = isWhole ? events : events.slice(0, shownAtFirst);
  return (
    <Section name="Event log">
      {events.length === 0 && <p className="text-quiet">No events yet.</p>}
      <ol>
        {shown.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ol>
      {events.length > shown.length && (
        <TextButton className="mt-3" onClick={() => setIsWhole(true)}>
          {`Show ${events.length - shown.length} earlier events`}
        </TextButton>
      )}
    </Section>
  );
}

function EventLine({ event }: { event: EndpointEvent }) {
  const { after, before } = event;
  return (
    <li className="flex flex-col gap-x-6 border-t border-line py-2 first:border-t-0 first:pt-0 sm:flex-row">
      <span className="shrink-0 text-caption leading-[1.85] text-quiet sm:w-44">
        {after !== null && after < before && (
          <>
            <Moment at={after} form="exact" />–
          </>
        )}
        <Moment at={before} form="exact" />
      </span>
      <span className="min-w-0 break-words">
        {event.version !== null && (
          <>
            <Verbatim text={versionName(event.version)} />:{" "}
          </>
        )}
        <Verbatim text={event.message} />
      </span>
    </li>
  );
}

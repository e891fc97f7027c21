"use client";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import type { EndpointMuteView } from "@/lib/contract/mute";
import { apiPaths, pagePaths } from "@/lib/contract/paths";

import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** The endpoints about which nothing is sent now, and until when. */
export function MuteList({ mutes }: { mutes: readonly EndpointMuteView[] }) {
  return (
    <Section name="Muted endpoints">
      <ul className="space-y-2">
        {mutes.map((mute) => (
          <MuteEntry key={mute.endpointId} mute={mute} />
        ))}
      </ul>
    </Section>
  );
}

function MuteEntry({ mute: { endpointId, until, by } }: { mute: EndpointMuteView }) {
  const { mutate, error, isPending } = useChange(({ muted }) => muted, { stale: queryKeys.notifications });
  return (
    <li className="flex flex-wrap items-baseline gap-x-4">
      <a
        href={pagePaths.mute(endpointId)}
        className="font-mono text-caption wrap-anywhere underline decoration-line-strong underline-offset-4 hover:decoration-ink"
      >
        {endpointId}
      </a>
      <span>
        until <Moment at={until} />
        {by !== null && (
          <>
            {" by "}
            <Verbatim text={by} />
          </>
        )}
      </span>
      <TextButton
        className="scripts-only"
        disabled={isPending}
        onClick={() => mutate({ method: "DELETE", path: apiPaths.mute(endpointId) })}
      >
        Unmute<span className="sr-only"> {endpointId}</span>
      </TextButton>
      {error !== null && (
        <span role="alert" className="w-full">
          {error.message}
        </span>
      )}
    </li>
  );
}

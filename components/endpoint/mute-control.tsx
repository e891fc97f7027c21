"use client";

import { useQuery } from "@tanstack/react-query";

import { muteQuery } from "@/lib/client/mute-query";
import { queryKeys } from "@/lib/client/queries";
import { serverNow } from "@/lib/client/time/server-clock";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import { hour, minute, type Duration } from "@/lib/domain/instant";

import { Moment } from "../ui/moment";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** Mutes messages about an endpoint for a while, or says until when they are muted, and who muted them. */
export function MuteControl({ endpointId }: { endpointId: string }) {
  const { data, error } = useQuery(muteQuery(endpointId));
  const {
    mutate,
    isPending,
    error: rejection,
  } = useChange(({ muted }) => muted, { stale: queryKeys.mute(endpointId) });
  const path = apiPaths.mute(endpointId);
  const mute = data?.body.mute ?? null;
  const muteFor = (duration: Duration) => () =>
    mutate({ method: "POST", path, body: { minutes: Math.ceil(duration / minute) } });
  return (
    <div className="scripts-only">
      <p role="status" className="text-pretty">
        {data === undefined && (error?.message ?? "")}
        {data !== undefined && mute === null && "Messages about this endpoint are sent."}
        {mute !== null && (
          <>
            Muted until <Moment at={mute.until} />
            {mute.by !== null && (
              <>
                {" by "}
                <Verbatim text={mute.by} />
              </>
            )}
            . No channel gets messages about this endpoint.
          </>
        )}
      </p>
      <p className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        {mute === null ? (
          choices.map(({ word, toDuration }) => (
            <TextButton key={word} disabled={isPending} onClick={() => muteFor(toDuration())()}>
              Mute {word}
            </TextButton>
          ))
        ) : (
          <TextButton disabled={isPending} onClick={() => mutate({ method: "DELETE", path })}>
            Unmute
          </TextButton>
        )}
      </p>
      {rejection !== null && (
        <p role="alert" className="mt-3">
          {rejection.message}
        </p>
      )}
    </div>
  );
}

const choices: readonly { word: string; toDuration: () => Duration }[] = [
  { word: "for 1 h", toDuration: () => hour },
  { word: "for 8 h", toDuration: () => 8 * hour },
  { word: "until tomorrow", toDuration: untilTomorrow },
];

/** Until 9:00 of the next day in the viewer's time zone. */
function untilTomorrow(): Duration {
  const now = serverNow();
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return tomorrow.setHours(9, 0, 0, 0) - now;
}

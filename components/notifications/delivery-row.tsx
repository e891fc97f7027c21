"use client";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import type { DeliveryView } from "@/lib/contract/notifications";
import { apiPaths } from "@/lib/contract/paths";

import { Moment } from "../ui/moment";
import { Cell } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** One message to one channel, and what became of it. */
export function DeliveryRow({ delivery }: { delivery: DeliveryView }) {
  const { at, headline, link, channel, state } = delivery;
  return (
    <tr>
      <Cell>
        <span className="whitespace-nowrap">
          <Moment at={at} />
        </span>
      </Cell>
      <Cell>
        <a
          href={link}
          className="wrap-anywhere underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          <Verbatim text={headline} />
        </a>
        <span className="block text-caption text-quiet sm:hidden">to {channel}</span>
      </Cell>
      <Cell isMinor>{channel}</Cell>
      <Cell>
        <span {...(state === "failed" ? { "data-state": "error", className: "text-state" } : {})}>
          {stateWords[state]}
        </span>
        <Details delivery={delivery} />
      </Cell>
    </tr>
  );
}

const stateWords: Record<DeliveryView["state"], string> = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  muted: "Not sent: muted or quiet hours",
};

function Details({ delivery }: { delivery: DeliveryView }) {
  const { notificationId, channel, state, attempts, nextAttemptAt, error: reason, headline } = delivery;
  const { mutate, error, isPending } = useChange(({ sentAgain }) => sentAgain, {
    stale: queryKeys.notifications,
  });
  return (
    <span className="block text-caption text-quiet">
      {reason !== null && <span className="block wrap-anywhere">{reason}</span>}
      {attempts > 1 && `${attempts} attempts. `}
      {nextAttemptAt !== null && (
        <>
          Next attempt <Moment at={nextAttemptAt} />
        </>
      )}
      {(state === "failed" || state === "muted") && (
        <span className="scripts-only block">
          <TextButton
            disabled={isPending}
            onClick={() => mutate({ method: "POST", path: apiPaths.sendAgain(notificationId, channel) })}
          >
            Send again
            <span className="sr-only">: {headline}</span>
          </TextButton>
        </span>
      )}
      {error !== null && <span role="alert">{error.message}</span>}
    </span>
  );
}

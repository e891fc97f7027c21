import "server-only";

import type { Duration } from "@/lib/domain/instant";
import type { EventKind, NotableEvent } from "@/lib/domain/notable-event";

/**
 * An event on its way to a channel. `link` opens at the moment that the event speaks of; `muteLink` opens the control that
 * mutes its endpoint, and is null for several endpoints.
 */
export type Outgoing = {
  /** The idempotency key: the same for every attempt, and different for every event. */
  id: string;
  event: NotableEvent;
  link: string;
  muteLink: string | null;
};

/** What an attempt may need to know besides the message. */
export type Attempt = {
  /** An earlier attempt may have reached the receiver. */
  isRepeated: boolean;
  /** The receipt of the newest message of the same thread; null: there is none. */
  threadReceipt: string | null;
};

/**
 * Where messages go. `deliver` resolves with the receiver's name for the message, null if it has none. It rejects with a
 * DeliveryFailure. A channel is one file: `toMessage` words the event and has no side effects, `deliver` sends it.
 */
export type Channel = {
  name: string;
  type: string;
  /** Where it leads, without secrets. */
  place: string;
  /** How many messages are sent at the same time. */
  atOnce: number;
  /** Whether the channel has a use for this kind of event. */
  wants: (kind: EventKind) => boolean;
  /** Whether the message makes no noise there, such as the end of an alert: mutes and quiet hours let it pass. */
  isSilent?: (event: NotableEvent) => boolean;
  /** What messages share that must arrive in order, where that is not the rollout or the outage. */
  toThread?: (event: NotableEvent) => string;
  /** The payload, as a preview shows it. */
  toMessage: (outgoing: Outgoing) => unknown;
  deliver: (outgoing: Outgoing, attempt: Attempt) => Promise<string | null>;
  /** Brings the newest message of a thread up to date while its rollout moves. */
  follow?: (receipt: string, outgoing: Outgoing) => Promise<void>;
};

/** Why a message could not be delivered, as a sentence for administrators. It never quotes a secret. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
  /** False: no later attempt can succeed. */
  readonly isPassing: boolean;
  /** How long the receiver wants to be left alone; null: it does not say. */
  readonly retryAfter: Duration | null;
  /** The HTTP status of the answer; null: there is none. */
  readonly status: number | null;

  constructor(
    message: string,
    {
      isPassing = true,
      retryAfter = null,
      status = null,
    }: { isPassing?: boolean; retryAfter?: Duration | null; status?: number | null } = {},
  ) {
    super(message);
    this.status = status;
    this.isPassing = isPassing;
    this.retryAfter = retryAfter;
  }
}

import "server-only";

import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import type { RawReplyView } from "@/lib/contract/raw-reply";
import type { EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import { encode, type Encoded } from "./encoded";
import { createOncePerPoll } from "./once-per-poll";
import { toAge } from "./poll-hints";
import type { Answer } from "./read-endpoint";

const oncePerPoll = createOncePerPoll<Encoded<RawReplyView>>();

/** The last reply about an endpoint, verbatim, readable or not; null when it is not watched. */
export async function readRawReply(endpointId: string): Promise<Answer<RawReplyView> | null> {
  const { board, clock, schedule } = rollcall();
  const memory = board.get(endpointId);
  if (memory === undefined) return null;
  const encoded = await oncePerPoll(memory, "raw", () => makeRawReply(memory));
  const now = clock();
  return { ...encoded, age: toAge(memory, now), nextPollIn: schedule.nextPollIn(memory, now) };
}

async function makeRawReply({ endpointId, picture, unread }: EndpointMemory): Promise<Encoded<RawReplyView>> {
  if (unread !== null) {
    const { at, body, isShortened } = unread;
    const kept = { endpointId, body, isShortened, isReadable: false, unreadFields: [] };
    return encode({ ...kept, receivedAt: toIso(at) }, { ...kept, receivedAt: null });
  }
  const reply = await rollcall().history.readReply(endpointId);
  const body = {
    endpointId,
    receivedAt: toIsoOrNull(picture?.span.until ?? null),
    body: reply?.body ?? null,
    isShortened: reply?.isShortened ?? false,
    isReadable: true,
    unreadFields: [...(reply?.unreadFields ?? [])],
  };
  return encode(body, { ...body, receivedAt: null });
}

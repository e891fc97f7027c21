import "server-only";

import { rawReplySchema, type RawReplyView } from "@/lib/contract/raw-reply";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { rollcall } from "@/lib/server/wiring";

import { createMemoizePerSnapshot } from "./memoize-per-snapshot";
import { encode, type Encoded } from "./encoded";
import type { Answer } from "./read-endpoint";

const memoizePerSnapshot = createMemoizePerSnapshot<RawReplyView>();

/** The last reply about an endpoint, verbatim, readable or not; null when it is not watched. */
export async function readRawReply(endpointId: string): Promise<Answer<RawReplyView> | null> {
  return memoizePerSnapshot(endpointId, "raw", makeRawReply);
}

async function makeRawReply({ endpointId, picture, unread }: EndpointState): Promise<Encoded<RawReplyView>> {
  if (unread !== null) {
    const { at, body, isShortened } = unread;
    const kept = { endpointId, body, isShortened, isReadable: false, unreadFields: [] };
    return encode(rawReplySchema, { ...kept, receivedAt: at }, { ...kept, receivedAt: null });
  }
  const reply = await rollcall().history.readReply(endpointId);
  const body = {
    endpointId,
    receivedAt: picture?.span.until ?? null,
    body: reply?.body ?? null,
    isShortened: reply?.isShortened ?? false,
    isReadable: true,
    unreadFields: [...(reply?.unreadFields ?? [])],
  };
  return encode(rawReplySchema, body, { ...body, receivedAt: null });
}

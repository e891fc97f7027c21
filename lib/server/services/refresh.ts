import "server-only";

import type { RefreshView } from "@/lib/contract/wait";
import { second, type Duration } from "@/lib/domain/instant";
import { formatUntil } from "@/lib/presentation/age";
import type { Context } from "@/lib/server/context";

import { notFound } from "./errors";

/** How soon the leader reads what a follower asks for. */
const handedOnWithin: Duration = second;

/**
 * Has an endpoint polled as soon as it may be polled again, and says when that is; an endpoint that fails keeps its
 * turn. A follower asks the leader through the database. Throws not_found.
 */
export async function refreshEndpoint(
  ctx: Context,
  { endpointId }: { endpointId: string },
): Promise<RefreshView> {
  const { election, endpointStore, history, settings } = ctx;
  const isLeader = election.isLeader();
  if (isLeader) election.pollSoon(endpointId);
  else await history.earlyPolls.ask(endpointId);
  const endpointState = endpointStore.get(endpointId);
  if (endpointState === undefined) throw notFound();
  const { nextPoll, failures, observedTick } = endpointState;
  const { at, tick } = ctx.clock();
  const planned = nextPoll === null ? 0 : Math.max(0, nextPoll.tick - tick);
  const allowed = Math.max(handedOnWithin, (observedTick ?? 0) + settings.pollActive - tick);
  const wait = isLeader || failures !== null ? planned : Math.min(planned, allowed);
  const when = formatUntil(at + wait, at);
  const message =
    failures === null
      ? `The next poll is due ${when}.`
      : `The last poll failed, and the next one is due ${when}: ${failures.cause.message}`;
  return { endpointId, nextPollAt: wait === 0 ? null : at + wait, message };
}

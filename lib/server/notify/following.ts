import "server-only";

import { second, type Duration, type Instant } from "@/lib/domain/instant";
import { threadOf, type RolloutEvent } from "@/lib/domain/notable-event";

import type { Outgoing } from "./channel";
import type { QueueParts } from "./queue-parts";

/** A message is edited this often, at most. */
const editEvery: Duration = 30 * second;
/** Threads that are remembered. Older ones are edited again with their next event. */
const mostThreads = 1_000;

/**
 * Edits the messages of rollouts as they move, where the channel can. Nothing of it is stored: a failed edit is left to
 * the next one, and the event at the end edits the message in any case.
 */
export function createFollowing({ channel, deliveries, now, log, toOutgoing }: QueueParts) {
  const newest = new Map<string, RolloutEvent>();
  const editedAt = new Map<string, Instant>();

  function dueIn(thread: string): Duration {
    return (editedAt.get(thread) ?? 0) + editEvery - now();
  }

  async function edit(thread: string, outgoing: Outgoing): Promise<void> {
    const receipt = await deliveries.threadReceipt(channel.name, thread);
    if (receipt === null || channel.follow === undefined) return;
    await channel.follow(receipt, outgoing).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ channel: channel.name, reason }, "message not edited");
    });
  }

  function remember(thread: string): void {
    editedAt.set(thread, now());
    if (editedAt.size <= mostThreads) return;
    const [oldest] = editedAt.keys();
    if (oldest !== undefined) editedAt.delete(oldest);
  }

  return {
    follow: (event: RolloutEvent): void => {
      if (channel.follow !== undefined) newest.set(threadOf(event), event);
    },
    /** An event says more than the progress before it. */
    forget: (thread: string): void => {
      newest.delete(thread);
      remember(thread);
    },
    /** Edits what is due, and returns when the next edit is. */
    bringUpToDate: async (): Promise<Duration> => {
      for (const [thread, event] of [...newest]) {
        if (dueIn(thread) > 0) continue;
        newest.delete(thread);
        remember(thread);
        await edit(thread, toOutgoing("", event));
      }
      return [...newest.keys()].reduce((least, thread) => Math.min(least, dueIn(thread)), Infinity);
    },
  };
}

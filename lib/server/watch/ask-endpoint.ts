import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { newMemory, type EndpointMemory } from "./endpoint-memory";
import { takeAnswer, takeFailure } from "./poll-endpoint";
import { retryDelay } from "./retry-delay";
import type { Saver } from "./saver";
import { toFailure } from "./to-failure";

/**
 * What asking once led to: the wait that a failure calls for (null: the interval decides), and what was known before.
 * `hasTimedOut`: this very request ran out of time; requests that are held back after others did have not.
 */
export type Asked = { wait: Duration | null; former: EndpointMemory; hasTimedOut: boolean };

/**
 * Asks about one endpoint: history takes what came of it, then the board shows it. `isOutdated` says
 * that a failure to a question of that moment means nothing any more.
 */
export function createAsking(parts: {
  client: Pick<UpstreamClient, "readEndpoint">;
  saver: Saver;
  board: Board;
  clock: Clock;
  log: Log;
  pollIdle: Duration;
  isOutdated: (code: CauseCode, askedTick: number) => boolean;
}) {
  const { client, saver, board, clock, log, pollIdle, isOutdated } = parts;
  const keptBodies = new Map<string, string>();

  function recall(endpointId: string): EndpointMemory {
    return board.get(endpointId) ?? newMemory(endpointId, pollIdle);
  }

  /** Whether the endpoint is on this board still: meanwhile the settings may have given it to another organization. */
  function isHeld(endpointId: string): boolean {
    return board.get(endpointId) !== undefined;
  }

  /**
   * Shows a poll's result, unless another instance's are to be shown by now. While history took it, other
   * polls may have set the interval anew.
   */
  function show(memory: EndpointMemory): void {
    if (saver.isOver() || !isHeld(memory.endpointId)) return;
    board.set({ ...memory, interval: recall(memory.endpointId).interval });
  }

  function discarded(endpointId: string): Asked {
    return { wait: null, former: recall(endpointId), hasTimedOut: false };
  }

  /** Asks once. Never rejects for what upstream does. */
  async function ask(endpointId: string): Promise<Asked> {
    const asked = clock();
    if (!isHeld(endpointId)) return discarded(endpointId);
    try {
      const { report, raw } = await client.readEndpoint(endpointId);
      if (!isHeld(endpointId)) return discarded(endpointId);
      const memory = recall(endpointId);
      const reply = keptBodies.get(endpointId) === raw.body ? null : raw;
      const result = takeAnswer({ memory, report, reply, asked, received: clock() });
      keptBodies.set(endpointId, raw.body);
      await saver.save(result.entries, asked.at);
      show({ ...result.memory, lastPollTook: clock().tick - asked.tick });
      return { wait: null, former: memory, hasTimedOut: false };
    } catch (error) {
      return fail(endpointId, error, asked.tick);
    }
  }

  /** Takes a question that failed, or was held back before it was asked. */
  async function fail(endpointId: string, error: unknown, askedTick: number): Promise<Asked> {
    const memory = recall(endpointId);
    const failure = toFailure(error, log);
    const { at } = clock();
    const delay = retryDelay(failure, (memory.failures?.count ?? 0) + 1, memory.interval);
    const wait = isOutdated(failure.code, askedTick) ? 0 : delay;
    const listed = board.listing()?.listed ?? null;
    const result = takeFailure({ memory, failure, listed, at, retryAt: at + wait });
    if (memory.failures?.cause.code !== result.memory.failures?.cause.code) {
      log.warn({ endpoint: endpointId, cause: failure.code, detail: failure.detail }, failure.message);
    }
    if (isHeld(endpointId)) await saver.save(result.entries, at);
    show(result.memory);
    const hasTimedOut = failure.code === "timed_out" && failure.retryAfter === null;
    return { wait, former: memory, hasTimedOut };
  }

  return { ask, fail, recall };
}

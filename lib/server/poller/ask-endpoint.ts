import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { Clock } from "@/lib/server/clock";
import type { Entry } from "@/lib/server/db/recording";
import { newEndpointState, type EndpointState } from "@/lib/server/state/endpoint-state";
import { createFieldHintLog } from "./field-hint-log";
import { takeAnswer, takeFailure } from "./take-answer";
import { isActive } from "./plan-intervals";
import { retryDelay, toFailure } from "./poll-failure";
import type { HistoryWriter } from "./history-writer";
import { silent, type Notifier } from "./notifier";
import { takeAnsweredUpdate } from "./update-hint";

/**
 * The result of one poll: how long to wait after a failure (null: the interval decides), and the state before.
 * `hasTimedOut` is true only if this request itself timed out, not if it was held back because others did.
 */
export type Asked = { wait: Duration | null; former: EndpointState; hasTimedOut: boolean };

/**
 * Polls one endpoint: writes the result to history, then shows it in the endpoint store. `isOutdated` tells whether a
 * failure of a request sent at that tick no longer means anything.
 */
export function createAsking(parts: {
  client: Pick<UpstreamClient, "readEndpoint">;
  historyWriter: HistoryWriter;
  endpointStore: EndpointStore;
  clock: Clock;
  log: Log;
  pollIdle: Duration;
  isOutdated: (code: CauseCode, askedTick: number) => boolean;
  notifier?: Notifier;
}) {
  const { client, historyWriter, endpointStore, clock, log, pollIdle, isOutdated } = parts;
  const { notifier = silent } = parts;
  const keptBodies = new Map<string, string>();
  const hintLog = createFieldHintLog(log);

  function stateOf(endpointId: string): EndpointState {
    return endpointStore.get(endpointId) ?? newEndpointState(endpointId, pollIdle);
  }

  /** False once changed settings have given the endpoint to another organization. */
  function isHeld(endpointId: string): boolean {
    return endpointStore.get(endpointId) !== undefined;
  }

  /**
   * Shows a poll's result, unless another instance leads by now. Other polls may have changed the interval while
   * history was written.
   */
  function show(endpointState: EndpointState): void {
    if (historyWriter.isOver() || !isHeld(endpointState.endpointId)) return;
    const { interval, isCovered } = stateOf(endpointState.endpointId);
    endpointStore.set({ ...endpointState, interval, isCovered });
  }

  function discarded(endpointId: string): Asked {
    return { wait: null, former: stateOf(endpointId), hasTimedOut: false };
  }

  /** Polls once. Upstream failures never reject. */
  async function ask(endpointId: string): Promise<Asked> {
    const asked = clock();
    if (!isHeld(endpointId)) return discarded(endpointId);
    const { listed } = stateOf(endpointId).hint;
    try {
      const { report, raw } = await client.readEndpoint(endpointId);
      if (!isHeld(endpointId)) return discarded(endpointId);
      const endpointState = stateOf(endpointId);
      const received = clock();
      const reply = keptBodies.get(endpointId) === raw.body ? null : raw;
      const result = takeAnswer({ endpointState, report, reply, asked, received });
      keptBodies.set(endpointId, raw.body);
      hintLog.note(endpointId, raw.fieldUse);
      const notifications = await notifier.afterAnswer(endpointState, result.endpointState);
      await historyWriter.save([...result.entries, ...notifications], asked.at);
      const hint = takeAnsweredUpdate(stateOf(endpointId).hint, {
        ...{ report, listed, ...received },
        wasIdle: !isActive(endpointState),
        hasChanged: hasChanged(result.entries, endpointState),
      });
      show({ ...result.endpointState, hint, lastPollTook: clock().tick - asked.tick });
      return { wait: null, former: endpointState, hasTimedOut: false };
    } catch (error) {
      return fail(endpointId, error, asked.tick);
    }
  }

  /** Records a poll that failed, or was held back before it was sent. */
  async function fail(endpointId: string, error: unknown, askedTick: number): Promise<Asked> {
    const endpointState = stateOf(endpointId);
    const failure = toFailure(error, log);
    const { at } = clock();
    // The listing no longer stands for an endpoint that fails.
    const interval = endpointState.isCovered ? pollIdle : endpointState.interval;
    const delay = retryDelay(failure, (endpointState.failures?.count ?? 0) + 1, interval);
    const wait = isOutdated(failure.code, askedTick) ? 0 : delay;
    const listed = endpointStore.listing()?.listed ?? null;
    const result = takeFailure({ endpointState, failure, listed, at, retryAt: at + wait });
    if (endpointState.failures?.cause.code !== result.endpointState.failures?.cause.code) {
      const { code, detail, message } = failure;
      log.warn({ endpoint: endpointId, code, detail, reason: message }, "upstream call failed");
    }
    if (isHeld(endpointId)) await historyWriter.save(result.entries, at);
    show({ ...result.endpointState, hint: stateOf(endpointId).hint });
    const hasTimedOut = failure.code === "timed_out" && failure.retryAfter === null;
    return { wait, former: endpointState, hasTimedOut };
  }

  return { ask, fail, stateOf };
}

/** Whether an answer changes more than the endpoint's own `updated`. */
function hasChanged(entries: readonly Entry[], { picture }: EndpointState): boolean {
  const updatedAt = picture?.facts.updatedAt;
  return entries.some(
    (entry) =>
      entry.kind === "recording" &&
      (entry.rollouts.length > 0 ||
        (entry.endpoint !== undefined &&
          JSON.stringify({ ...entry.endpoint, updatedAt }) !==
            JSON.stringify({ ...picture?.facts, updatedAt }))),
  );
}

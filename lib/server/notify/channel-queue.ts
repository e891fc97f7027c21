import "server-only";

import { second, type Duration, type Instant } from "@/lib/domain/instant";
import type { DeliveryJob, Outcome } from "@/lib/server/db/deliveries";
import { LostLeadership } from "@/lib/server/db/lease";

import { mostAttempts, toBackOff } from "./back-off";
import { DeliveryFailure } from "./channel";
import { createFollowing } from "./following";
import type { QueueParts } from "./queue-parts";
import { createSleeper } from "./sleeper";

/** How often a queue looks for deliveries of other instances, such as those to send again. */
const lookEvery: Duration = 15 * second;
/** How long it waits when the database does not answer. */
const databaseRetry: Duration = 2 * second;

/**
 * Sends the deliveries of one channel, in order within each thread, until it is stopped. Failed ones are tried again; none
 * of their failures ends the queue.
 */
export function createChannelQueue(parts: QueueParts) {
  const { channel, deliveries, fencingToken, now, log, toOutgoing } = parts;
  const sleeper = createSleeper();
  const following = createFollowing(parts);
  let isStopped = false;
  let pausedUntil: Instant = 0;
  let isFailing = false;

  async function deliver(job: DeliveryJob): Promise<void> {
    const outcome = await attempt(job);
    if (outcome === null) return;
    parts.onAttempt?.(channel.name, outcome.state);
    await settle(job, outcome);
  }

  /** Null if it was interrupted: then the next attempt decides. */
  async function attempt({ notificationId: id, event, ...job }: DeliveryJob): Promise<Outcome | null> {
    const { isRepeated, threadReceipt, attempts } = job;
    try {
      following.forget(job.thread);
      const receipt = await channel.deliver(toOutgoing(id, event), { isRepeated, threadReceipt });
      if (isFailing) log.info({ channel: channel.name }, "notifications are delivered again");
      isFailing = false;
      return { state: "sent", receipt };
    } catch (error) {
      if (isStopped) return null;
      return toOutcome(error, attempts);
    }
  }

  function toOutcome(error: unknown, attempts: number): Outcome {
    if (!(error instanceof DeliveryFailure)) log.error({ err: error }, "notification failed inside Rollcall");
    const { message, isPassing, retryAfter } =
      error instanceof DeliveryFailure ? error : new DeliveryFailure("Rollcall could not word or send it.");
    const isLast = !isPassing || attempts >= mostAttempts;
    if (!isFailing || isLast)
      log.warn({ channel: channel.name, attempts, isLast, reason: message }, "notification not delivered");
    isFailing = true;
    if (retryAfter !== null) pausedUntil = now() + retryAfter;
    return isLast
      ? { state: "failed", error: message }
      : {
          state: "waiting",
          error: message,
          nextAttemptAt: now() + toBackOff(attempts, retryAfter, parts.firstBackOff),
        };
  }

  /** Until it is written, the message would be sent again. */
  async function settle(job: DeliveryJob, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        await deliveries.settle(job, outcome);
        return;
      } catch (error) {
        log.error({ err: error, channel: channel.name }, "delivery not written, retrying");
        if (isStopped) return;
        await sleeper.sleep(databaseRetry);
      }
    }
  }

  /** Sends what is due. Returns how long there is nothing to do. */
  async function sendDue(): Promise<Duration> {
    if (now() < pausedUntil) return pausedUntil - now();
    const next = await deliveries.nextDue(channel.name);
    if (next === null || next > now()) {
      const wait = await following.bringUpToDate();
      return Math.min(lookEvery, wait, next === null ? lookEvery : next - now());
    }
    const jobs = await deliveries.claim({
      ...{ channel: channel.name, now: now(), most: channel.atOnce, fencingToken },
    });
    await Promise.all(jobs.map(deliver));
    return 0;
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      const wait = await sendDue().catch((error: unknown) => {
        if (error instanceof LostLeadership) {
          isStopped = true;
          parts.onLostLeadership();
        } else log.error({ err: error, channel: channel.name }, "deliveries cannot be read, retrying");
        return databaseRetry;
      });
      if (wait > 0) await sleeper.sleep(wait);
    }
  }

  let running: Promise<void> = Promise.resolve();
  return {
    start: (): void => {
      running = run();
    },
    wake: sleeper.wake,
    follow: following.follow,
    /** Resolves when the message under way has ended. */
    stop: async (): Promise<void> => {
      isStopped = true;
      sleeper.wake();
      await running;
    },
  };
}

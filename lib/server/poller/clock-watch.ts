import "server-only";

import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";
import type { Clock } from "@/lib/server/clock";
import type { Log } from "@/lib/server/log";

/** A jump of the server's clock: since when, on the clock as it is, and by how much; negative is back. */
export type ClockJump = { since: Instant; by: Duration };

export type ClockWatch = Pick<ReturnType<typeof createClockWatch>, "jump">;

const lookEvery: Duration = second;
/** Time services slew a clock by less than a millisecond a second; a larger step was set, or the machine slept. */
const tolerance: Duration = 2 * second;
/** A clock that ran evenly for so long is taken for the right one. */
const settlesAfter: Duration = 10 * minute;

/**
 * Compares the wall clock with the monotonic one. A jump lasts until the clock is back where it was, or has run evenly
 * for 10 minutes. It is logged when it begins and when it ends, however often the clock jumps meanwhile.
 */
export function createClockWatch(clock: Clock, log: Log) {
  /** What the wall clock was ahead of the monotonic one while all was in order, and at the last look. */
  let expected = offsetOf(clock);
  let last = expected;
  let jumped: (ClockJump & { tick: Duration }) | null = null;

  function look(): void {
    const { at, tick } = clock();
    const offset = at - tick;
    if (Math.abs(offset - last) > tolerance) {
      // To the second: the clocks drift apart by less, and what is told is not to change with that.
      const by = second * Math.round((offset - expected) / second);
      if (jumped === null) log.warn({ by, advice }, `clock of this server jumped ${describeJump(by)}`);
      jumped = { since: jumped?.since ?? at, by, tick };
    }
    last = offset;
    if (jumped === null) expected = offset;
    else if (Math.abs(offset - expected) <= tolerance || tick - jumped.tick >= settlesAfter) {
      jumped = null;
      expected = offset;
      log.info("clock of this server runs evenly again");
    }
  }

  return {
    look,
    /** The jump that is not over yet; null while the clock runs evenly. */
    jump: (): ClockJump | null => (jumped === null ? null : { since: jumped.since, by: jumped.by }),
  };
}

/** Watches a clock from now on, once a second; that keeps no process alive. */
export function startClockWatch(clock: Clock, log: Log): ClockWatch {
  const watch = createClockWatch(clock, log);
  setInterval(watch.look, lookEvery).unref();
  return watch;
}

const advice = "check the time service (NTP) of this server";

/** As in "2 h ahead". */
export function describeJump(by: Duration): string {
  return `${formatDuration(Math.abs(by))} ${by < 0 ? "back" : "ahead"}`;
}

function offsetOf(clock: Clock): Duration {
  const { at, tick } = clock();
  return at - tick;
}

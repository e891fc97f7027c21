import "server-only";

import { minute, second, type Duration, type Instant } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";
import type { Clock } from "@/lib/server/clock";
import type { Log } from "@/lib/server/log";

/** A jump of the server's clock. `since` is on the clock as it is now; a negative `by` means back. */
export type ClockJump = { since: Instant; by: Duration };

export type ClockWatch = Pick<ReturnType<typeof createClockWatch>, "jump">;

const lookEvery: Duration = second;
/** Time services slew a clock by less than a millisecond a second; a larger step was set, or the machine slept. */
const tolerance: Duration = 2 * second;
/** After this long without a jump the clock is trusted again. */
const settlesAfter: Duration = 10 * minute;

/**
 * Compares the wall clock with the monotonic one. A jump lasts until the clock is back where it was, or has run evenly
 * for 10 minutes. Its start and end are logged once, even if the clock jumps again in between.
 */
export function createClockWatch(clock: Clock, log: Log) {
  /** Wall clock minus monotonic clock: while there was no jump, and at the last look. */
  let expected = offsetOf(clock);
  let last = expected;
  let jumped: (ClockJump & { tick: Duration }) | null = null;

  function look(): void {
    const { at, tick } = clock();
    const offset = at - tick;
    if (Math.abs(offset - last) > tolerance) {
      // Rounded to a second, so that drift between the clocks does not change the figure.
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
    /** The present jump; null while the clock runs evenly. */
    jump: (): ClockJump | null => (jumped === null ? null : { since: jumped.since, by: jumped.by }),
  };
}

/** Checks a clock once a second. Does not keep the process alive. */
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

import "server-only";

import { toIso } from "@/lib/contract/instant";
import { describeJump, type ClockJump } from "@/lib/server/poller/clock-watch";
import { rollcall } from "@/lib/server/wiring";

type Warning = { code: string; field: string; message: string };

/** What viewers are told while the clock of this server jumped; empty while it runs evenly. */
export function readClockWarning(): Warning[] {
  const jump = rollcall().clockWatch.jump();
  return jump === null ? [] : [toClockWarning(jump)];
}

/** Says since when, by how much, what it means, and what to do. */
export function toClockWarning({ since, by }: ClockJump): Warning {
  const at = `${toIso(since).slice(11, 16)} UTC`;
  return {
    code: "clock_jumped",
    field: "clock",
    message: `The clock of this server jumped ${describeJump(by)} at ${at}, or the machine was asleep. Times and durations around it can be wrong. Check its time service (NTP). This warning ends when the clock has run evenly for 10 minutes.`,
  };
}

import "server-only";

import { toIso } from "@/lib/contract/instant";
import type { Instant } from "@/lib/domain/instant";
import type { Context } from "@/lib/server/context";
import { describeJump, type ClockJump } from "@/lib/server/poller/clock-watch";

type Warning = { code: string; field: string; message: string };

/** Empty unless the server's clock jumped lately. */
export function toClockWarnings({ clockWatch }: Context): Warning[] {
  const jump = clockWatch.jump();
  return jump === null ? [] : [toClockWarning(jump)];
}

/** Says since when, by how much, what it means, and what to do. */
export function toClockWarning({ since, by }: ClockJump): Warning {
  return {
    code: "clock_jumped",
    field: "clock",
    message: `The clock of this server jumped ${describeJump(by)} at ${toClockTime(since)}, or the machine was asleep. Times and durations around it can be wrong. Check its time service (NTP). This warning ends when the clock has run evenly for 10 minutes.`,
  };
}

/** Empty while the database works. */
export function toHistoryWarnings({ fileOutage, election }: Context): Warning[] {
  const outage = election.outage() ?? fileOutage();
  if (outage === null) return [];
  const at = toClockTime(outage.since);
  return [
    election.isLeader()
      ? {
          code: "history_not_saved",
          field: "history",
          message: `History is not being saved since ${at}: ${outage.problem}. What you see is live; it will be saved when the database is back.`,
        }
      : {
          code: "history_not_read",
          field: "history",
          message: `This server receives no updates since ${at}: ${outage.problem}. It continues when the database is back.`,
        },
  ];
}

/** "14:02 UTC" */
export function toClockTime(at: Instant): string {
  return `${toIso(at).slice(11, 16)} UTC`;
}

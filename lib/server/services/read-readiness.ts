import "server-only";

import { hasStarted } from "@/lib/server/wiring";

import { toHistoryWarning } from "./history-warning";

/** Whether this instance watches and saves what it sees, and if not, why. Upstream's health is no part of it. */
export function readReadiness(): { isReady: boolean; reasons: string[] } {
  if (!hasStarted()) return { isReady: false, reasons: ["Rollcall is starting."] };
  const reasons = toHistoryWarning().map(({ message }) => message);
  return { isReady: reasons.length === 0, reasons };
}

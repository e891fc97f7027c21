import "server-only";

import { toIso } from "@/lib/contract/instant";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { toHistoryWarning } from "./history-warning";

/**
 * Whether this instance watches and saves what it sees, and if not, why; `warnings` are what needs somebody although
 * it does. Upstream's health is no part of it.
 */
export function readReadiness(): { isReady: boolean; reasons: string[]; warnings: string[] } {
  if (!hasStarted()) return { isReady: false, reasons: ["Rollcall is starting."], warnings: [] };
  const reasons = toHistoryWarning().map(({ message }) => message);
  const trouble = rollcall().settingsTrouble();
  const warnings =
    trouble === null
      ? []
      : [
          `The settings file has mistakes since ${toIso(trouble.since).slice(11, 16)} UTC; the former settings stay in force. The log and the doctor name them.`,
        ];
  return { isReady: reasons.length === 0, reasons, warnings };
}

import "server-only";

import { toIso } from "@/lib/contract/instant";
import { summarizeViews, unseenMessage } from "@/lib/contract/watcher-message";
import type { Instant } from "@/lib/domain/instant";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { readClockWarning } from "./clock-warning";
import { toHistoryWarning } from "./history-warning";
import { encodeView } from "./read-endpoint";

/**
 * Whether this instance watches and saves what it sees, and if not, why; `warnings` are what needs somebody although
 * it does: mistakes in the settings, a clock that jumped, and endpoints that cannot be seen, for which no other instance would do better.
 */
export function readReadiness(): { isReady: boolean; reasons: string[]; warnings: string[] } {
  if (!hasStarted()) return { isReady: false, reasons: ["Rollcall is starting."], warnings: [] };
  const reasons = toHistoryWarning().map(({ message }) => message);
  const unseen = unseenMessage(summarizeWatched());
  const warnings = [
    ...toMistakeWarning(),
    ...toPendingWarning(),
    ...readClockWarning().map(({ message }) => message),
    ...(unseen === null ? [] : [unseen]),
  ];
  return { isReady: reasons.length === 0, reasons, warnings };
}

function toMistakeWarning(): string[] {
  const outage = rollcall().settingsIssues();
  return outage === null
    ? []
    : [
        `The settings file has mistakes since ${toTime(outage.since)}; the former settings stay in force. The log and the doctor name them.`,
      ];
}

function toPendingWarning(): string[] {
  const pending = rollcall().pendingSettings();
  return pending === null
    ? []
    : [
        `The settings file has changed and is not fully in force since ${toTime(pending.since)}: ${pending.problem}. Rollcall tries again every second; the log says more.`,
      ];
}

function toTime(at: Instant): string {
  return `${toIso(at).slice(11, 16)} UTC`;
}

/** All endpoints together: their list fails apart from them. */
function summarizeWatched() {
  const { endpointStore, clock } = rollcall();
  const now = clock();
  return summarizeViews(
    endpointStore.all().map((endpointState) => encodeView(endpointState, now).body),
    { state: "watching" },
  );
}

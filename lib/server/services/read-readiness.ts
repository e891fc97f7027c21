import "server-only";

import { toIso } from "@/lib/contract/instant";
import { summarizeViews, unseenMessage } from "@/lib/contract/watcher-message";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { toHistoryWarning } from "./history-warning";
import { encodeView } from "./read-endpoint";

/**
 * Whether this instance watches and saves what it sees, and if not, why; `warnings` are what needs somebody although
 * it does: mistakes in the settings, and endpoints that cannot be seen, for which no other instance would do better.
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
  const unseen = unseenMessage(summarizeWatched());
  return {
    isReady: reasons.length === 0,
    reasons,
    warnings: unseen === null ? warnings : [...warnings, unseen],
  };
}

/** All endpoints together: their list fails apart from them. */
function summarizeWatched() {
  const { board, clock } = rollcall();
  const now = clock();
  return summarizeViews(
    board.all().map((memory) => encodeView(memory, now).body),
    { state: "watching" },
  );
}

import "server-only";

import { toIso } from "@/lib/contract/instant";
import { rollcall } from "@/lib/server/wiring";

/** What viewers are told while the database does not serve; empty while it does. */
export function toHistoryWarning(): { code: string; field: string; message: string }[] {
  const { fileOutage, election } = rollcall();
  const outage = election.outage() ?? fileOutage();
  if (outage === null) return [];
  const at = `${toIso(outage.since).slice(11, 16)} UTC`;
  return [
    election.isWatching()
      ? {
          code: "history_not_saved",
          field: "history",
          message: `History is not being saved since ${at}: ${outage.problem}. What you see is live; it will be saved when the database is back.`,
        }
      : {
          code: "history_not_read",
          field: "history",
          message: `This server hears nothing new since ${at}: ${outage.problem}. It goes on when the database is back.`,
        },
  ];
}

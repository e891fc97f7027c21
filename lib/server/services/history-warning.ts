import "server-only";

import { toIso } from "@/lib/contract/instant";
import { rollcall } from "@/lib/server/wiring";

/** What viewers are told while observations cannot be saved; empty while they are. */
export function toHistoryWarning(): { code: string; field: string; message: string }[] {
  const since = rollcall().saver.failingSince();
  if (since === null) return [];
  const at = `${toIso(since).slice(11, 16)} UTC`;
  return [
    {
      code: "history_not_saved",
      field: "history",
      message: `History is not being saved since ${at}: the database cannot be written. What you see is live; it will be saved when the database is back.`,
    },
  ];
}

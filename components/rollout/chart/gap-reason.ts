import type { GapBand } from "@/lib/domain/series";

/** Why a stretch was not watched, in words. */
export function gapReason({ from, gap }: GapBand): string {
  if (gap.cause !== null) return gap.cause.message.replace(/\.\s*$/, "");
  return from === 0 ? "Before Rollcall first looked" : "Not watched";
}

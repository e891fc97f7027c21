import type { Gap } from "@/lib/domain/gap";

/** Why a stretch was not watched, in words. */
export function gapReason({ cause }: Gap): string {
  return cause === null ? "Not watched" : cause.message.replace(/\.\s*$/, "");
}

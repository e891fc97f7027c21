import type { Instant } from "@/lib/domain/instant";

/** A moment for people in any time zone: `2026-11-26 14:02 UTC`, or with seconds. */
export function utcText(at: Instant, to: "minute" | "second"): string {
  const text = new Date(at).toISOString().slice(0, to === "minute" ? 16 : 19);
  return `${text.replace("T", " ")} UTC`;
}

import "server-only";

import type { Check } from "@/lib/domain/check";
import { formatDuration } from "@/lib/presentation/duration";
import { utcText } from "@/lib/presentation/utc-text";

import type { HintFacts, UpstreamFacts } from "./facts";

const mostNamed = 10;

const reasons: Record<HintFacts["failed"][number]["reason"], string> = {
  unmoved: "changed, and the listing showed no update",
  older_than_deployment: "its update is older than its newest deployment",
  false_alarms: "the listing showed updates without a change",
};

/** Which endpoints the listing stands for, and why not for the others. None without a listing. */
export function checkHint({ hint }: UpstreamFacts): Check[] {
  if (hint === undefined) return [];
  const { covered, interval, failed, unproven } = hint;
  const often = interval === null ? "" : `, so they are polled only every ${formatDuration(interval)}`;
  const others = unproven === 0 ? "" : ` Not proven yet for ${unproven}.`;
  const named = failed
    .slice(0, mostNamed)
    .map(({ id, at, reason }) => `${id} (${reasons[reason]}, ${utcText(at, "minute")})`);
  const more = failed.length > mostNamed ? ` and ${failed.length - mostNamed} more` : "";
  const why = failed.length === 0 ? "" : ` Not trusted for: ${named.join("; ")}${more}.`;
  const says = `The listing shows when ${covered} idle ${covered === 1 ? "endpoint changes" : "endpoints change"}${often}.${others}${why}`;
  return [{ name: "Listing as a hint", state: "ok", says, remedy: null }];
}

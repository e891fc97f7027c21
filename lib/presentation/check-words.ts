import type { Check, CheckState } from "@/lib/domain/check";

const words: Record<CheckState, string> = {
  ok: "OK",
  warning: "Warning",
  failing: "Failing",
  unknown: "Unknown",
};

/** The result of a check in a word. */
export function checkWord(state: CheckState): string {
  return words[state];
}

/** What the mark beside the link to the diagnostics says: `1 check fails`, or else `2 warnings`. */
export function checksText({ failing, warnings }: { failing: number; warnings: number }): string {
  if (failing > 0) return `${failing} ${failing === 1 ? "check fails" : "checks fail"}`;
  return `${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}

/** All checks in one sentence. */
export function diagnosticsSentence(checks: readonly Check[]): string {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const failing = count("failing");
  if (failing > 0) return `${failing} of ${checks.length} checks ${failing === 1 ? "fails" : "fail"}.`;
  if (count("unknown") > 0) return `No check fails; ${count("unknown")} of ${checks.length} cannot run yet.`;
  const warnings = count("warning");
  if (warnings > 0)
    return `No check fails; ${warnings} of ${checks.length} ${warnings === 1 ? "has a warning" : "have warnings"}.`;
  return `All ${checks.length} checks pass.`;
}

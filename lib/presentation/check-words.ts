import type { Check, CheckState } from "@/lib/domain/check";

const words: Record<CheckState, string> = {
  ok: "Well",
  warning: "Look at this",
  failing: "Failing",
  unknown: "Not known",
};

/** The state in a word or three, for people. */
export function checkWord(state: CheckState): string {
  return words[state];
}

/** Everything in one sentence: the worst first. */
export function diagnosticsSentence(checks: readonly Check[]): string {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const failing = count("failing");
  if (failing > 0) return `${failing} of ${checks.length} checks ${failing === 1 ? "fails" : "fail"}.`;
  if (count("unknown") > 0)
    return `Nothing fails; ${count("unknown")} of ${checks.length} checks cannot be made yet.`;
  const warnings = count("warning");
  if (warnings > 0)
    return `Nothing fails; ${warnings} of ${checks.length} checks ${warnings === 1 ? "is" : "are"} worth a look.`;
  return `All ${checks.length} checks are well.`;
}

import type { Warning } from "@/lib/domain/warning";

const sentences: Record<Warning["code"], (warning: Warning) => string> = {
  updated_exceeds_total: ({ value }) => `More replicas are reported as updated than there are: ${value}.`,
  negative_count: ({ field, value }) => `${field} is reported as ${value}, below zero.`,
  fractional_count: ({ field, value }) => `${field} is reported as ${value}, not a whole number.`,
  unreadable_count: ({ field, value }) => `${field} is reported as ${value}, which is not a number.`,
  total_is_zero: () => "The total is reported as 0 replicas.",
  created_in_future: ({ value }) => `The creation time lies in the future: ${value}. A clock may be wrong.`,
  created_in_milliseconds: () => "The creation time looks like milliseconds and was read as such.",
  unreadable_instant: ({ field, value }) => `${field} is reported as ${value}, which is not a time.`,
  duplicate_deployment: ({ value }) => `Deployment ${value} is listed more than once; the first was used.`,
  unreadable_deployment: ({ value }) => `A deployment in the list could not be read: ${value}`,
  name_mismatch: ({ value }) => `The reply names another endpoint: ${value}.`,
  text_shortened: ({ field, value }) => `${field} was longer than is kept (${value}) and has been shortened.`,
  spellings_differ: ({ field, value }) =>
    `${field} is reported under two names with different values, and the first was used: ${value}.`,
};

/** A warning as a sentence. */
export function warningSentence(warning: Warning): string {
  return sentences[warning.code](warning);
}

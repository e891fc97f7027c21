export const warningCodes = [
  "updated_exceeds_total",
  "negative_count",
  "fractional_count",
  "unreadable_count",
  "total_is_zero",
  "created_in_future",
  "created_in_milliseconds",
  "unreadable_instant",
  "duplicate_deployment",
  "unreadable_deployment",
  "name_mismatch",
  "text_shortened",
  "spellings_differ",
] as const;

/**
 * A reason not to trust a number in a reply. `field` is the domain field, `value` what was reported, verbatim and
 * shortened.
 */
export type Warning = { code: (typeof warningCodes)[number]; field: string; value: string };

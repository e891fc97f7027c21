import { second, type Duration } from "@/lib/domain/instant";

import { formatLength } from "./duration";

/** How a duration compares with the usual one: `2 s slower`, `1 min 20 s faster`, `as usual`. */
export function againstUsual(took: Duration, usual: Duration): string {
  const difference = took - usual;
  if (Math.abs(difference) < second) return "as usual";
  return `${formatLength(Math.abs(difference))} ${difference > 0 ? "slower" : "faster"}`;
}

import { clsx } from "clsx";

import type { Chart } from "@/lib/domain/chart";
import { toEndLabels } from "@/lib/domain/end-labels";

/** As a share of the plot's height: one line of caption. */
const lineHeight = 0.078;

/** What each curve is, at its right end, instead of a legend. */
export function EndLabels({ chart }: { chart: Chart }) {
  return toEndLabels(chart, chart.top, lineHeight).map(({ of, text, at }) => (
    <span
      key={of}
      aria-hidden="true"
      className={clsx(
        "absolute left-full ml-3 translate-y-1/2 text-caption leading-none whitespace-nowrap",
        of === "updated" ? "font-medium text-state" : of === "total" ? "text-ink" : "text-quiet",
      )}
      style={{ bottom: `${at * 100}%` }}
    >
      {text}
    </span>
  ));
}

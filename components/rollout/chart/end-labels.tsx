import { clsx } from "clsx";

import type { Chart } from "@/lib/domain/chart";
import { toEndLabels } from "@/lib/domain/end-labels";

/** One line of caption text, as a share of the plot's height. */
const lineHeight = 0.078;

/**
 * The name of each curve at its right end, instead of a legend. Placed by transforms, because browsers don't count
 * those as layout shifts.
 */
export function EndLabels({ chart }: { chart: Chart }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 [container-type:size]">
      {toEndLabels(chart, chart.top, lineHeight).map(({ of, count, at }) => (
        <span
          key={of}
          className={clsx(
            "absolute bottom-0 left-full ml-3 text-caption leading-none whitespace-nowrap",
            of === "updated" ? "font-medium text-state" : of === "total" ? "text-ink" : "text-quiet",
          )}
          style={{ transform: `translateY(calc(${-at * 100}cqh + 50%))` }}
        >
          {`${count} ${of}`}
        </span>
      ))}
    </div>
  );
}

import { clsx } from "clsx";

import type { Chart } from "@/lib/domain/chart";
import { toEndLabels, type EndLabel, type OtherEnd } from "@/lib/domain/end-labels";

/** The version of the chart's own rollout, and the ends of others that are under way at the same time. */
export type Beside = { own: string; others: readonly OtherEnd[] };

/** One line of caption text, as a share of the plot's height. */
const lineHeight = 0.084;

/**
 * The name of each curve at its right end, instead of a legend. Placed by transforms, because browsers don't count
 * those as layout shifts.
 */
export function EndLabels({ chart, beside = null }: { chart: Chart; beside?: Beside | null }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 [container-type:size]">
      {toEndLabels(chart, chart.top, lineHeight, beside?.others).map(({ of, count, at, name }) => (
        <span
          key={`${of} ${name ?? ""}`}
          className={clsx(
            "absolute bottom-0 left-full ml-3 text-caption leading-none whitespace-nowrap",
            of === "updated" ? "font-medium text-state" : of === "total" ? "text-ink" : "text-quiet",
          )}
          style={{ transform: `translateY(calc(${-at * 100}cqh + 50%))` }}
        >
          {endText(of, count, name ?? (of === "updated" ? beside?.own : undefined))}
        </span>
      ))}
    </div>
  );
}

function endText(of: EndLabel["of"], count: number, name: string | undefined): string {
  const word = of === "other" ? "updated" : of;
  return name === undefined ? `${count} ${word}` : `${count} ${word}, ${name}`;
}

import { clsx } from "clsx";

import type { Chart } from "@/lib/domain/chart";
import { pathSide } from "@/lib/domain/step-path";
import { formatLength } from "@/lib/presentation/duration";

/** Horizontal lines at round counts, with their numbers in the margin. */
export function CountAxis({ chart }: { chart: Chart }) {
  return (
    <div
      aria-hidden="true"
      className="absolute top-5 right-27 bottom-9 left-0 text-caption text-quiet sm:right-32"
    >
      {chart.countTicks.map((count) => (
        <div
          key={count}
          className="absolute inset-x-0 flex items-center"
          style={{ bottom: `${(count / chart.top) * 100}%` }}
        >
          <span className="absolute left-0 w-5 -translate-y-px text-right leading-none">{count}</span>
          <span className="absolute right-0 left-8 border-t border-line" />
        </div>
      ))}
    </div>
  );
}

/**
 * Round elapsed times, and the present at the right edge. Placed by transforms, because browsers don't count those
 * as layout shifts.
 */
export function ElapsedAxis({ chart }: { chart: Chart }) {
  return (
    <div aria-hidden="true" className="@container absolute inset-x-0 bottom-0 h-5 text-caption text-quiet">
      {chart.elapsedTicks.map((tick, index) => (
        <span
          key={tick}
          className={clsx("absolute left-0 whitespace-nowrap", index % 2 === 1 && "max-sm:hidden")}
          style={{
            transform: tick === 0 ? undefined : `translateX(calc(${(tick / chart.extent) * 100}cqw - 50%))`,
          }}
        >
          {tick === 0 ? "0" : formatLength(tick)}
        </span>
      ))}
      {chart.present !== null && (
        <span
          className="absolute left-0 text-ink"
          style={{ transform: `translateX(calc(${(chart.present / chart.extent) * 100}cqw - 50%))` }}
        >
          now
        </span>
      )}
    </div>
  );
}

/** A line at the present, where a longer rollout drawn beside goes on. */
export function PresentLine({ chart: { present, extent } }: { chart: Chart }) {
  if (present === null || present >= extent) return null;
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-clip">
      <span
        className="absolute inset-0 border-l border-line-strong"
        style={{ transform: `translateX(${(present / extent) * 100}%)` }}
      />
    </span>
  );
}

/** The time axis, with a tick wherever something changed. */
export function AxisMarks({ chart }: { chart: Chart }) {
  const ticks = chart.marks.map((mark) => `M${((mark / chart.extent) * pathSide).toFixed(1)} 0V10`).join("");
  return (
    <svg
      viewBox={`0 0 ${pathSide} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-x-0 top-0 h-2 w-full overflow-visible"
    >
      <path d={`M0 0H${pathSide}`} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      <path d={ticks} stroke="var(--quiet)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

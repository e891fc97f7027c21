import type { Chart } from "@/lib/domain/chart";
import type { GapBand } from "@/lib/domain/series";

/** Bands narrower than this share of the plot have no room for text. The table lists every gap. */
const wideEnough = 0.22;

/** Gaps in the observations, hatched, with their reason. */
export function GapBands({ chart }: { chart: Chart }) {
  return chart.bands.map((band) => (
    <div
      key={band.from}
      aria-hidden="true"
      className="hatched absolute inset-y-0 left-0"
      style={{
        width: `${((band.until - band.from) / chart.extent) * 100}%`,
        // In widths of the band. Browsers don't count transforms as layout shifts.
        transform: `translateX(${(band.from / Math.max(1, band.until - band.from)) * 100}%)`,
      }}
    >
      {band.until - band.from >= wideEnough * chart.extent && (
        <span className="max-sm:hidden absolute top-1/3 left-2 max-w-[calc(100%-1rem)] bg-ground px-1.5 py-0.5 text-caption text-quiet">
          {gapReason(band)}
        </span>
      )}
    </div>
  ));
}

export function gapReason({ from, gap }: GapBand): string {
  if (gap.cause !== null) return gap.cause.message.replace(/\.\s*$/, "");
  return from === 0 ? "Before Rollcall’s first poll" : "Not watched";
}

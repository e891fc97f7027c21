import type { TrafficMinuteView } from "@/lib/contract/traffic";
import type { Chart } from "@/lib/domain/chart";
import { second } from "@/lib/domain/instant";
import { pathSide, toStepArea, toStepLine } from "@/lib/domain/step-path";
import { failureShare } from "@/lib/domain/traffic";
import { toRoundTop, toStrip, type Strip } from "@/lib/domain/traffic-strip";
import { requestCount, shareText, waitText } from "@/lib/presentation/traffic-words";

import { AxisMarks, ElapsedAxis } from "../chart/axes";

type Read = (minute: TrafficMinuteView) => number | null;

/** One curve of a small chart, with its name at its right end. */
type Curve = { name: string; read: Read; color: string };

const strips: readonly {
  name: string;
  curves: readonly Curve[];
  format: (value: number) => string;
  least: number;
}[] = [
  {
    name: "Failed requests",
    curves: [{ name: "failed", read: failureShare, color: "var(--failed)" }],
    format: shareText,
    least: 0.01,
  },
  {
    name: "Time to first token",
    curves: [
      { name: "p95", read: ({ timeToFirstToken }) => timeToFirstToken.p95Seconds, color: "var(--quiet)" },
      { name: "p50", read: ({ timeToFirstToken }) => timeToFirstToken.p50Seconds, color: "var(--ink)" },
    ],
    format: (seconds) => waitText(seconds * second),
    least: 0.1,
  },
  {
    name: "Queue time",
    curves: [
      { name: "p95", read: ({ queueTime }) => queueTime.p95Seconds, color: "var(--quiet)" },
      { name: "p50", read: ({ queueTime }) => queueTime.p50Seconds, color: "var(--ink)" },
    ],
    format: (seconds) => waitText(seconds * second),
    least: 0.01,
  },
  {
    name: "Requests a minute",
    curves: [{ name: "requests", read: ({ requests }) => requests, color: "var(--ink)" }],
    format: requestCount,
    least: 10,
  },
];

/** Four small charts on the time axis of the rollout's chart. */
export function TrafficChart({ minutes, chart }: { minutes: readonly TrafficMinuteView[]; chart: Chart }) {
  const strip = toStrip(minutes, chart);
  return (
    <figure className="relative mb-8 pb-9" aria-label="What callers felt, minute by minute">
      {strips.map((each) => (
        <SmallChart key={each.name} {...each} strip={strip} extent={chart.extent} />
      ))}
      <div className="absolute right-27 bottom-0 left-8 h-9 sm:right-32">
        <AxisMarks chart={chart} />
        <ElapsedAxis chart={chart} />
      </div>
    </figure>
  );
}

function SmallChart({
  name,
  curves,
  format,
  least,
  strip,
  extent,
}: (typeof strips)[number] & { strip: Strip<TrafficMinuteView>; extent: number }) {
  const { vertices, gaps } = strip;
  const values = vertices.flatMap(({ value }) =>
    value === null ? [] : curves.flatMap(({ read }) => read(value) ?? []),
  );
  const top = toRoundTop(values, least);
  const scale = { extent, top };
  return (
    <div className="relative mb-4 h-20">
      <p className="text-caption text-quiet">{`${name}, up to ${format(top)}`}</p>
      <div className="absolute top-6 right-27 bottom-0 left-8 border-b border-line sm:right-32">
        {gaps.map((gap) => (
          <div
            key={gap.from}
            aria-hidden="true"
            className="hatched absolute inset-y-0"
            style={{
              left: `${(gap.from / extent) * 100}%`,
              width: `${((gap.until - gap.from) / extent) * 100}%`,
            }}
          />
        ))}
        <svg
          viewBox={`0 0 ${pathSide} ${pathSide}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="absolute inset-0 size-full overflow-visible"
        >
          {curves.map(({ name: curve, read, color }, index) => {
            const of = ({ value }: (typeof vertices)[number]) => (value === null ? null : read(value));
            return (
              <g key={curve}>
                {index === curves.length - 1 && (
                  <path d={toStepArea(vertices, of, scale)} fill={color} fillOpacity={0.12} />
                )}
                <path
                  d={toStepLine(vertices, of, scale)}
                  fill="none"
                  stroke={color}
                  strokeWidth="0.09375rem"
                  vectorEffect="non-scaling-stroke"
                />
              </g>
            );
          })}
        </svg>
      </div>
      <p className="absolute bottom-0 left-[calc(100%-6rem)] text-caption leading-tight sm:left-[calc(100%-7.25rem)]">
        {curves.map(({ name: curve, read, color }) => {
          const last = vertices.findLast(({ value }) => value !== null && read(value) !== null)?.value;
          const value = last == null ? null : read(last);
          return (
            <span key={curve} className="block whitespace-nowrap" style={{ color }}>
              {value === null ? `${curve} not reported` : `${format(value)} ${curve}`}
            </span>
          );
        })}
      </p>
    </div>
  );
}

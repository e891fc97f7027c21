import type { Duration } from "./instant";

/** Paths are drawn in this square, which is stretched to the size of the chart. */
export const pathSide = 1000;

/** Where a curve may step. */
type Place = { elapsed: Duration };
type ChartReading<V> = (vertex: V) => number | null;
type Scale = { extent: Duration; top: number };

/** One unbroken run of a stepped curve: corners as [elapsed, count], already stepped. */
type Run = readonly (readonly [Duration, number])[];

/** A stepped line, interrupted where nothing was reported or seen. */
export function toStepLine<V extends Place>(
  vertices: readonly V[],
  read: ChartReading<V>,
  scale: Scale,
): string {
  return toRuns(vertices, read)
    .map((run) => drawRun(run, scale))
    .join("");
}

/** The area between a stepped curve and a lower one, by default the axis. */
export function toStepArea<V extends Place>(
  vertices: readonly V[],
  read: ChartReading<V>,
  scale: Scale,
  readLower: ChartReading<V> = () => 0,
): string {
  const both: ChartReading<V> = (vertex) => (readLower(vertex) === null ? null : read(vertex));
  const lowerOfBoth: ChartReading<V> = (vertex) => (read(vertex) === null ? null : readLower(vertex));
  const lowers = toRuns(vertices, lowerOfBoth);
  return toRuns(vertices, both)
    .map((run, index) => {
      const back = (lowers[index] ?? []).toReversed().map((corner) => `L${place(corner, scale)}`);
      return `${drawRun(run, scale)}${back.join("")}Z`;
    })
    .join("");
}

function toRuns<V extends Place>(vertices: readonly V[], read: ChartReading<V>): Run[] {
  const runs: [Duration, number][][] = [];
  let run: [Duration, number][] = [];
  for (const vertex of vertices) {
    const count = read(vertex);
    const last = run.at(-1);
    if (last !== undefined && last[0] < vertex.elapsed) run.push([vertex.elapsed, last[1]]);
    if (count === null) run = [];
    else if (last === undefined) runs.push((run = [[vertex.elapsed, count]]));
    else if (last[1] !== count) run.push([vertex.elapsed, count]);
  }
  return runs;
}

function drawRun(run: Run, scale: Scale): string {
  return run.map((corner, index) => `${index === 0 ? "M" : "L"}${place(corner, scale)}`).join("");
}

function place([elapsed, count]: readonly [Duration, number], { extent, top }: Scale): string {
  const x = (elapsed / extent) * pathSide;
  const y = pathSide - (Math.min(Math.max(count, 0), top) / top) * pathSide;
  return `${round(x)} ${round(y)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** One measured figure. `limit` is the highest allowed value, `least` the lowest; figures without one are for comparison. */
export type Row = {
  what: string;
  figure: number;
  unit: string;
  limit?: number;
  least?: number;
  /** The figure as a multiple of another that was measured in the same run, and the most or least that it may be. */
  ratio?: { to: string; value: number; most?: number; least?: number };
  /** Results of other products, measured on another machine that was equally noisy: compare proportions. */
  peers?: string;
};

const header = ["measured", "bar", "", "ratio", "peers"];

/** Prints the figures with their limits. Returns whether any limit was missed. */
export function printTable(name: string, rows: readonly Row[]): boolean {
  const lines = [[name, ...header], ...rows.map(toCells)];
  const widths = [name, ...header].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => "-".repeat(width));
  for (const line of [lines[0] ?? [], rule, ...lines.slice(1)]) {
    const cells = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    console.log(cells.join("  ").trimEnd());
  }
  console.log("");
  return rows.some(isMissed);
}

function toCells(row: Row): string[] {
  const { what, figure, unit, ratio, peers = "" } = row;
  const bar = toBar(row);
  return [
    what,
    `${write(figure)} ${unit}`.trim(),
    bar,
    bar === "" ? "" : isMissed(row) ? "MISSED" : "holds",
    ratio === undefined ? "" : `${write(ratio.value)} × ${ratio.to}`,
    peers,
  ];
}

function toBar({ unit, limit, least, ratio }: Row): string {
  return [
    limit === undefined ? "" : `≤ ${write(limit)} ${unit}`.trim(),
    least === undefined ? "" : `≥ ${write(least)} ${unit}`.trim(),
    ratio?.most === undefined ? "" : `≤ ${write(ratio.most)} ×`,
    ratio?.least === undefined ? "" : `≥ ${write(ratio.least)} ×`,
  ]
    .filter((bar) => bar !== "")
    .join(", ");
}

/** A figure that could not be measured counts as missed. */
function isMissed({ figure, limit = Infinity, least = -Infinity, ratio }: Row): boolean {
  const { value = 1, most: mostRatio = Infinity, least: leastRatio = -Infinity } = ratio ?? {};
  return !(figure <= limit && figure >= least && value <= mostRatio && value >= leastRatio);
}

function write(figure: number): string {
  if (!Number.isFinite(figure)) return "none";
  return figure >= 100 || Number.isInteger(figure) ? String(Math.round(figure)) : figure.toPrecision(3);
}

/** One measured figure. `limit` is the highest allowed value, `least` the lowest; figures without one are for comparison. */
export type Row = {
  what: string;
  figure: number;
  unit: string;
  limit?: number;
  least?: number;
  /** The figure as a multiple of another that was measured in the same run. */
  ratio?: { to: string; value: number };
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
  const { what, figure, unit, limit, least, ratio, peers = "" } = row;
  const bar = limit === undefined ? least : limit;
  return [
    what,
    `${write(figure)} ${unit}`.trim(),
    bar === undefined ? "" : `${limit === undefined ? "≥" : "≤"} ${write(bar)} ${unit}`.trim(),
    bar === undefined ? "" : isMissed(row) ? "MISSED" : "holds",
    ratio === undefined ? "" : `${write(ratio.value)} × ${ratio.to}`,
    peers,
  ];
}

/** A figure that could not be measured counts as missed. */
function isMissed({ figure, limit, least }: Row): boolean {
  return (limit !== undefined && !(figure <= limit)) || (least !== undefined && !(figure >= least));
}

function write(figure: number): string {
  if (!Number.isFinite(figure)) return "none";
  return figure >= 100 || Number.isInteger(figure) ? String(Math.round(figure)) : figure.toPrecision(3);
}

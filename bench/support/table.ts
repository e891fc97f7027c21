/** One measured figure. `limit` is the bar it must not pass; figures without one are told for comparison. */
export type Row = { what: string; figure: number; unit: string; limit?: number; beside?: string };

/** Prints the figures with their bars. Answers whether any bar was missed. */
export function printTable(name: string, rows: readonly Row[]): boolean {
  const lines = rows.map(({ what, figure, unit, limit, beside }) => [
    what,
    `${write(figure)} ${unit}`.trim(),
    limit === undefined ? "" : `≤ ${write(limit)} ${unit}`.trim(),
    limit === undefined ? "" : figure <= limit ? "holds" : "MISSED",
    beside ?? "",
  ]);
  const header = [name, "measured", "bar", "", "beside"];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  for (const line of [header, widths.map((width) => "-".repeat(width)), ...lines]) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  console.log("");
  return rows.some(({ figure, limit }) => limit !== undefined && !(figure <= limit));
}

function write(figure: number): string {
  if (!Number.isFinite(figure)) return "none";
  return figure >= 100 || Number.isInteger(figure) ? String(Math.round(figure)) : figure.toPrecision(3);
}

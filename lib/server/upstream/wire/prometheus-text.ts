import "server-only";

/** One sample of the Prometheus text format. */
export type Sample = { name: string; labels: ReadonlyMap<string, string>; value: number };

const metricName = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const labelName = "[a-zA-Z_][a-zA-Z0-9_]*";
const quoted = '"(?:[^"\\\\\\n]|\\\\.)*"';
const sampleLine = new RegExp(
  `^(${metricName})[ \\t]*(?:\\{([ \\t]*(?:${labelName}[ \\t]*=[ \\t]*${quoted}[ \\t]*,?[ \\t]*)*)\\})?[ \\t]*([^ \\t{}]+)(?:[ \\t]+(-?\\d+))?$`,
);
const labelPair = new RegExp(`(${labelName})[ \\t]*=[ \\t]*(${quoted})`, "g");

/**
 * Parses the Prometheus text format, version 0.0.4 (prometheus.io, "Exposition formats"): samples, without their types,
 * help and timestamps. Null if any line is neither a sample nor a comment.
 */
export function parsePrometheusText(text: string): Sample[] | null {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    const sample = parseSample(content);
    if (sample === null) return null;
    samples.push(sample);
  }
  return samples;
}

function parseSample(line: string): Sample | null {
  const [, name, labels = "", written = ""] = sampleLine.exec(line) ?? [];
  const value = parseValue(written);
  if (name === undefined || value === null) return null;
  const pairs = [...labels.matchAll(labelPair)].map(
    ([, label = "", text = ""]) => [label, unescape(text.slice(1, -1))] as const,
  );
  return { name, labels: new Map(pairs), value };
}

/** As Go's ParseFloat writes and reads it. */
function parseValue(written: string): number | null {
  if (/^nan$/i.test(written)) return NaN;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(written) ?? [];
  if (sign !== undefined) return sign === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : null;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character));
}

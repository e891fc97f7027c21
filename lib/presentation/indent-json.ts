const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Lays JSON out over lines without reading it: every value keeps its very characters, as parsing and
 * writing it again would not. Text that is not JSON comes out as it was.
 */
export function indentJson(text: string): string {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || trimmed.replaceAll(token, "").trim() !== "") return text;
  let depth = 0;
  const tokens = trimmed.match(token) ?? [];
  return tokens
    .map((piece, index) => {
      const next = tokens[index + 1];
      if (piece === "{" || piece === "[") {
        if (next === "}" || next === "]") return piece;
        depth += 1;
        return piece + newLine(depth);
      }
      if (piece === ",") return piece + newLine(depth);
      if (piece === ":") return ": ";
      const closes = (next === "}" || next === "]") && piece !== "{" && piece !== "[";
      if (closes) depth = Math.max(0, depth - 1);
      return closes ? piece + newLine(depth) : piece;
    })
    .join("");
}

function newLine(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}

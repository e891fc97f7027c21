import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Shorter chunks are not worth a file that points to another. */
const leastBytes = 10_000;
const sourceMapLine = /\n\/\/# sourceMappingURL=[^\n]*\s*$/;

/**
 * Turbopack (Next 16.4) writes what all route handlers share once for each of them: 19 times half a megabyte, and Node
 * keeps the text of each in memory. Replaces each repetition of a server chunk in `directory` by one line that loads the
 * first. Returns the number of bytes that are saved.
 */
export function shareChunks(directory) {
  const firsts = new Map();
  let saved = 0;
  for (const name of chunksIn(directory)) {
    const path = join(directory, name);
    const code = readFileSync(path, "utf8").replace(sourceMapLine, "");
    if (code.length < leastBytes) continue;
    const first = firsts.get(code);
    if (first === undefined) {
      firsts.set(code, name);
      continue;
    }
    const from = posix.relative(posix.dirname(name), first);
    const line = `module.exports=require(${JSON.stringify(from.startsWith(".") ? from : `./${from}`)});\n`;
    writeFileSync(path, line);
    saved += Buffer.byteLength(code) - line.length;
  }
  return saved;
}

function chunksIn(directory) {
  return readdirSync(directory, { recursive: true })
    .map((name) => name.split("\\").join("/"))
    .filter((name) => name.endsWith(".js"))
    .toSorted();
}

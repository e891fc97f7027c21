/**
 * The entries whose text contains every word of the query, in any order; the best first: those with words that begin
 * as the query's do, then the others, and otherwise in their order. All of them for an empty query.
 */
export function findEntries<E extends { text: string }>(entries: readonly E[], query: string): readonly E[] {
  const wanted = toWords(query);
  return entries
    .flatMap((entry) => {
      const cost = costOf(entry.text.toLowerCase(), wanted);
      return cost === null ? [] : [{ entry, cost }];
    })
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ entry }) => entry);
}

/** How many of the words are found only inside of others; null if one isn't found at all. */
function costOf(text: string, wanted: readonly string[]): number | null {
  if (!wanted.every((word) => text.includes(word))) return null;
  const words = text.split(/[^\p{L}\p{N}.]+/u);
  return wanted.filter((word) => !words.some((each) => each.startsWith(word))).length;
}

function toWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

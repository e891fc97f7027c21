/** Screens, guest links of one endpoint, and sessions in one answer: the newest. */
export const mostListed = 500;

/** What a page says under a list that may be cut: `what` are the things listed, in the plural. Null: it is whole. */
export function toCutNote(count: number, what: string): string | null {
  return count < mostListed
    ? null
    : `Only the newest ${mostListed} ${what} are listed. Remove some of them to see older ones.`;
}

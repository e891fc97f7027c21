/** The most screens, guest links of one endpoint, or sessions in one response: the newest. */
export const mostListed = 500;

/** The note under a list that is cut off; `what` names the listed things in the plural. Null: the list is complete. */
export function toCutNote(count: number, what: string): string | null {
  return count < mostListed
    ? null
    : `Only the newest ${mostListed} ${what} are listed. Remove some of them to see older ones.`;
}

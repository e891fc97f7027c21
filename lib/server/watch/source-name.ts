import "server-only";

/** What names an organisation among those that are watched; no organisation's own name is empty. */
export function sourceName({ org }: { org: string | null }): string {
  return org ?? "";
}

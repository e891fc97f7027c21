import "server-only";

/** What names an organization among those that are watched; no organization's own name is empty. */
export function organizationName({ org }: { org: string | null }): string {
  return org ?? "";
}

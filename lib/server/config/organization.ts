import "server-only";

/** An organization whose endpoints are watched, with the key that its management wants. */
export type Organization = {
  /** Management organization name whose listing is watched; null: only `endpointIds`. */
  org: string | null;
  key: { value: string } | { file: string };
  /** Endpoint ids watched beside the listing, or instead of it. */
  endpointIds: readonly string[];
};

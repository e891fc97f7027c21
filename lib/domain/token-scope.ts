/** What a service token may be used for: reading the API, scraping `/metrics`, or reading badges that are not public. */
export const tokenScopes = ["read", "metrics", "badge"] as const;

export type TokenScope = (typeof tokenScopes)[number];

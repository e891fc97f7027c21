/** What a service token may be used for: reading the API, or scraping `/metrics`. */
export const tokenScopes = ["read", "metrics"] as const;

export type TokenScope = (typeof tokenScopes)[number];

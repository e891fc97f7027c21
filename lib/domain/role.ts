/** What a signed-in user may do: view and share, or administer Rollcall as well. */
export const roles = ["viewer", "administrator"] as const;

export type Role = (typeof roles)[number];

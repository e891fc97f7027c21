/** What somebody who is signed in may do: look, and share what they see; or see to the house as well. */
export const roles = ["viewer", "administrator"] as const;

export type Role = (typeof roles)[number];

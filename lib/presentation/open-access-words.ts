import type { Role } from "@/lib/domain/role";

const allowed: Readonly<Record<Role, string>> = {
  administrator: "Everyone on this machine can use all of Rollcall without signing in.",
  viewer:
    "Everyone who can open this address can see, share and acknowledge without signing in. Pages for administrators are off.",
};

/** What open access lets everyone do, in the same words on every page. `role` is what everyone has. */
export function openAccessSentence(role: Role): string {
  return allowed[role];
}

/** How an operator ends open access, and what for. */
export const endOpenAccess =
  "To invite people, pair wall screens and know who did what, remove ROLLCALL_ACCESS=open from the settings and restart Rollcall: people then sign in.";

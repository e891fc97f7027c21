import type { Role } from "@/lib/domain/role";

/** A role, as a person reads it. */
export const roleWords: Record<Role, string> = { viewer: "Viewer", administrator: "Administrator" };

import "server-only";

import { redirect } from "next/navigation";

import { belowBase } from "@/lib/contract/base-path";

/** Sends a page's reader to one of our addresses. `address` has the base path, which Next would add once more. */
export function redirectTo(address: string): never {
  redirect(belowBase(address) ?? address);
}

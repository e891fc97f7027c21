import "server-only";

import type { WaysIn } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-address";
import { rollcall } from "@/lib/server/wiring";

/** How people sign in here, and where they go on to. */
export function readWaysIn(to: string | null): WaysIn {
  const { access, publicUrl } = rollcall().settings;
  const isOpen = access.kind === "open";
  return {
    to: toOwnAddress(to, publicUrl),
    hasPasswords: !isOpen && access.hasPasswords,
    providers: isOpen ? [] : access.providers.map(({ id, name }) => ({ id, name })),
  };
}

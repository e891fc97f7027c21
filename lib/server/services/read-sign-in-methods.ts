import "server-only";

import type { SignInMethods } from "@/lib/contract/sign-in";
import { toOwnAddress } from "@/lib/server/access/own-address";
import { rollcall } from "@/lib/server/wiring";

/** How people sign in here, and where they go on to. */
export function readSignInMethods(to: string | null): SignInMethods {
  const { access, publicUrl } = rollcall().settings;
  const isOpen = access.kind === "open";
  return {
    to: toOwnAddress(to, publicUrl),
    hasPasswords: !isOpen && access.hasPasswords,
    providers: isOpen ? [] : access.providers.map(({ id, name }) => ({ id, name })),
  };
}

import "server-only";

import { headers } from "next/headers";

import { hasStarted, rollcall } from "@/lib/server/wiring";

import { identify } from "./identify";

/** Who is signed in, for the line above every page; null: nobody, or everybody is let in without. */
export async function readCurrentUser(): Promise<{ account: string } | null> {
  if (!hasStarted() || rollcall().settings.access.kind === "open") return null;
  const principal = await identify(await headers()).catch(() => null);
  return principal?.kind === "person" ? { account: principal.account } : null;
}

import "server-only";

import { headers } from "next/headers";

import type { Instant } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { anonymous } from "@/lib/server/access/principal";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { identify } from "./identify";

/** Since when the settings file has had mistakes, for those who may mend them; null: it has none, or it is not theirs. */
export async function readSettingsIssues(): Promise<Instant | null> {
  const issues = hasStarted() ? rollcall().settingsIssues() : null;
  if (issues === null) return null;
  const principal = await identify(await headers()).catch(() => anonymous);
  return authorize(principal, "diagnostics:read", null) ? issues.since : null;
}

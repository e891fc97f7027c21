import "server-only";

import { headers } from "next/headers";

import type { Instant } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import { nobody } from "@/lib/server/access/principal";
import { hasStarted, rollcall } from "@/lib/server/wiring";

import { identify } from "./identify";

/** Since when the settings file has had mistakes, for those who may mend them; null: it has none, or it is not theirs. */
export async function readSettingsTrouble(): Promise<Instant | null> {
  const trouble = hasStarted() ? rollcall().settingsTrouble() : null;
  if (trouble === null) return null;
  const principal = await identify(await headers()).catch(() => nobody);
  return authorize(principal, "house:examine", null) ? trouble.since : null;
}

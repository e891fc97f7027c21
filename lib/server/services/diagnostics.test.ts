import { expect, it } from "vitest";

import { anonymous, openAccess } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";

import { countChecksFor } from "./diagnostics";
import { openTestContext } from "./testing/context";

it("counts the checks that fail, for those who may read them, at most once a second", async () => {
  const opened = await openTestContext(newDatabasePath());
  let at = 1_000_000;
  let outage: ReturnType<Context["fileOutage"]> = null;
  const ctx: Context = { ...opened, clock: () => ({ ...opened.clock(), at }), fileOutage: () => outage };
  const administrator = openAccess("administrator");
  expect(countChecksFor(ctx, administrator)?.failing).toBe(0);
  outage = { since: at, problem: "the disk is full" };
  expect(countChecksFor(ctx, administrator)?.failing).toBe(0);
  at += 1_000;
  expect(countChecksFor(ctx, administrator)?.failing).toBe(1);
  expect(countChecksFor(ctx, openAccess("viewer"))).toBeNull();
  expect(countChecksFor(ctx, anonymous)).toBeNull();
});

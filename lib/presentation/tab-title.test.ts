import { expect, test } from "vitest";

import type { ConnectionState } from "@/lib/domain/connection";
import { rolloutDisplay, type RolloutDisplayChange } from "@/lib/domain/testing/rollout-display";

import { tabTitle } from "./tab-title";

const timeLeft = { lowSeconds: 480, highSeconds: 780, evidence: "" };

const table: [RolloutDisplayChange | null, ConnectionState, string][] = [
  [{}, "live", "7/12 v8 · x"],
  [{ timeLeft }, "live", "7/12 v8, 8–13 min left · x"],
  [{ timeLeft }, "delayed", "Delayed · 7/12 v8 · x"],
  [{ timeLeft }, "blind", "Blind · 7/12 v8 · x"],
  [{ updatedReplicas: null }, "live", "Rolling out v8 · x"],
  [{ conditions: ["late"] }, "live", "Late v8 7/12 · x"],
  [{ conditions: ["regressing"] }, "live", "Going backwards v8 7/12 · x"],
  [{ conditions: ["stalled"] }, "live", "Looks stuck v8 7/12 · x"],
  [{ status: "error" }, "live", "Failed v8 7/12 · x"],
  [{ status: "done", updatedReplicas: 12 }, "live", "Done v8 · x"],
  [{ status: "done" }, "live", "Incomplete v8 7/12 · x"],
  [{ status: "done", updatedReplicas: 12, errorMessage: "quota" }, "live", "Incomplete v8 12/12 · x"],
  [{ version: null, status: "done", updatedReplicas: 12 }, "live", "Done · x"],
  [{}, "delayed", "Delayed · 7/12 v8 · x"],
  [{}, "blind", "Blind · 7/12 v8 · x"],
  [{}, "cut_off", "Blind · 7/12 v8 · x"],
  [null, "live", "Nothing deployed · x"],
];

test.each(table)("%j, %s: %s", (change, freshness, title) => {
  expect(tabTitle(change === null ? null : rolloutDisplay(change), freshness, "x")).toBe(title);
});

test("several rollouts at once", () => {
  const both = [rolloutDisplay({ version: "9" }), rolloutDisplay()];
  expect(tabTitle(both[0] ?? null, "live", "x", both)).toBe("7/12 v9, 2 rollouts at once · x");
});

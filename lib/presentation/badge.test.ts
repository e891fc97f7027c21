import { describe, expect, it } from "vitest";

import { displayStates } from "@/lib/domain/display-state";
import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";

import { toBadge } from "./badge";
import { badgeThemes, drawBadge } from "./badge-picture";
import { light } from "./palette";

const now = 1_700_000_000_000;
const live = { state: "live", observedAt: now } as const;
const moving = rolloutDisplay({ version: "8", updatedReplicas: 7, totalReplicas: 12 });

describe("a badge", () => {
  it.each([
    [moving, live, "v8 rolling out · 7 of 12", "progress", false],
    [{ ...moving, displayState: "error" as const }, live, "v8 failed · 7 of 12", "failed", true],
    [{ ...moving, displayState: "stalled" as const }, live, "v8 looks stuck · 7 of 12", "stalled", true],
    [{ ...moving, updatedReplicas: null }, live, "v8 rolling out · ? of 12", "progress", false],
    [
      { ...moving, updatedReplicas: null, totalReplicas: null, version: null },
      live,
      "rolling out",
      "progress",
      false,
    ],
    [null, live, "nothing deployed", "muted", false],
    [
      moving,
      { state: "blind" as const, observedAt: now - 240_000 },
      "v8 rolling out · 7 of 12 · 4 min ago",
      "muted",
      true,
    ],
    [
      { ...moving, displayState: "done" as const },
      { state: "delayed" as const, observedAt: now - 60_000 },
      "v8 done · 7 of 12 · 1 min ago",
      "muted",
      true,
    ],
    [moving, { state: "blind" as const, observedAt: null }, "not seen yet", "muted", true],
  ])("%#: says %3$s", (rollout, freshness, message, hue, isBad) => {
    expect(toBadge("acme-1", rollout, freshness, now)).toMatchObject({
      label: "acme-1",
      message,
      hue,
      isBad,
    });
  });

  it("has only its own elements in every state and theme, whatever a version is named, and loads nothing", () => {
    for (const displayState of displayStates)
      for (const theme of badgeThemes) {
        const rollout = { ...moving, displayState, version: `<b>&"'\u202e${"x".repeat(200)}` };
        const text = drawBadge(toBadge("acme-1", rollout, live, now), theme);
        expect(text).not.toMatch(/<(?!\/?(svg|title|style|rect|path|text)\b)|&(?!(amp|lt|gt|quot|#39);)/);
        expect(text).toContain("\\u202E");
        expect(text.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\(/);
      }
  });

  it("has no color of a state unless it is live, and both themes on request", () => {
    const old = toBadge("a", { ...moving, displayState: "done" }, { state: "blind", observedAt: now }, now);
    expect(drawBadge(old, "light")).not.toContain(light.done);
    const fresh = toBadge("a", { ...moving, displayState: "done" }, live, now);
    expect(drawBadge(fresh, "light")).toContain(light.done);
    expect(drawBadge(fresh, "dark")).not.toContain(light.done);
    expect(drawBadge(fresh, "auto")).toContain("prefers-color-scheme:dark");
  });
});

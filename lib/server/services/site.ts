import "server-only";

import { summarizeViews, unseenMessage } from "@/lib/contract/watcher-message";
import { pagePaths } from "@/lib/contract/paths";
import type { Instant } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import type { Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";

import { encodeView } from "./endpoints";
import { toClockTime, toClockWarnings, toHistoryWarnings } from "./site-warnings";

/**
 * Whether this instance watches and saves what it observes, and if not, why. `warnings` need attention although it
 * does: settings with errors, a clock that jumped, and endpoints that cannot be reached, which no other instance
 * would reach either. A null context is one that is still starting.
 */
export function readReadiness(ctx: Context | null): {
  isReady: boolean;
  reasons: string[];
  warnings: string[];
} {
  if (ctx === null) return { isReady: false, reasons: ["Rollcall is starting."], warnings: [] };
  const reasons = toHistoryWarnings(ctx).map(({ message }) => message);
  const unseen = unseenMessage(summarizeWatched(ctx));
  const warnings = [
    ...toMistakeWarnings(ctx),
    ...toPendingWarnings(ctx),
    ...toClockWarnings(ctx).map(({ message }) => message),
    ...(unseen === null ? [] : [unseen]),
  ];
  return { isReady: reasons.length === 0, reasons, warnings };
}

function toMistakeWarnings({ settingsIssues }: Context): string[] {
  const issues = settingsIssues();
  return issues === null
    ? []
    : [
        `The settings file has had errors since ${toClockTime(issues.since)}. The previous settings still apply. The log and the doctor list the errors.`,
      ];
}

function toPendingWarnings({ pendingSettings }: Context): string[] {
  const pending = pendingSettings();
  return pending === null
    ? []
    : [
        `The settings file has changed and is not fully in force since ${toClockTime(pending.since)}: ${pending.problem}. Rollcall tries again every second; the log says more.`,
      ];
}

/** All endpoints together: reading their list fails independently of them. */
function summarizeWatched(ctx: Context) {
  const now = ctx.clock();
  return summarizeViews(
    ctx.endpointStore.all().map((endpointState) => encodeView(ctx, endpointState, now).body),
    { state: "watching" },
  );
}

/** Since when the settings file has had mistakes; null if it has none, or if this principal cannot fix them. */
export function readSettingsIssues({ settingsIssues }: Context, principal: Principal): Instant | null {
  const issues = settingsIssues();
  return issues !== null && authorize(principal, "diagnostics:read", null) ? issues.since : null;
}

/** The pages of the header, in its order, with the action that each of them asks for. */
const headerPages = [
  { word: "Endpoints", href: pagePaths.fleet, action: "fleet:read" },
  { word: "Wall", href: pagePaths.wall, action: "fleet:read" },
  { word: "Screens", href: pagePaths.screens, action: "screen:list" },
  { word: "People", href: pagePaths.people, action: "people:manage" },
  { word: "Tokens", href: pagePaths.tokens, action: "token:manage" },
  { word: "Notifications", href: pagePaths.notifications, action: "notifications:manage" },
  { word: "Diagnostics", href: pagePaths.doctor, action: "diagnostics:read" },
  { word: "Audit log", href: pagePaths.audit, action: "audit:read" },
] as const;

/** What the header of every page leads to: only pages that this principal may open. */
export function readNavigation(principal: Principal): { word: string; href: string }[] {
  return headerPages
    .filter(({ action }) => authorize(principal, action, null))
    .map(({ word, href }) => ({ word, href }));
}

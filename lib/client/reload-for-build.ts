import { minute, second, type Duration } from "@/lib/domain/instant";

import { reloadPage } from "./reload-page";
import { keepInTab, readFromTab } from "./tab-memory";

const reloadedForKey = "rollcall-reloaded-for";
const spread: Duration = 30 * second;
const withoutStorage: Duration = 10 * minute;

/**
 * Loads the page again when the server runs another build than this page's: once for each build, so that a server
 * that says one thing and sends another meets no storm, and spread over half a minute, so that screens do not all
 * come at once. Where the browser refuses storage: at most every 10 minutes.
 */
export function reloadForBuild(build: string): void {
  if (build === process.env["ROLLCALL_BUILD"] || readFromTab(reloadedForKey) === build) return;
  keepInTab(reloadedForKey, build);
  reloadPage({ after: Math.random() * spread, atMostEvery: withoutStorage });
}

const reloadedForKey = "rollcall-reloaded-for";
const spread = 30_000;

let isPlanned = false;

/**
 * Loads the page again when the server runs another build than this page's: once for each build, so that a server
 * that says one thing and sends another meets no storm, and spread over half a minute, so that screens do not all
 * come at once.
 */
export function reloadForBuild(build: string): void {
  if (build === process.env["ROLLCALL_BUILD"] || isPlanned) return;
  if (sessionStorage.getItem(reloadedForKey) === build) return;
  isPlanned = true;
  setTimeout(() => {
    sessionStorage.setItem(reloadedForKey, build);
    location.reload();
  }, Math.random() * spread);
}

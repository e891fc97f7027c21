import "server-only";

import { htmlEscape } from "escape-goat";

import type { FleetView } from "@/lib/contract/endpoint-view";
import type { DisplaySettings } from "@/lib/contract/screen";
import { otherMessage, summarizeViews } from "@/lib/contract/watcher-message";
import type { ViewerFreshness } from "@/lib/domain/connection";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import type { Duration, Instant } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";
import { toFleetHead } from "@/lib/presentation/fleet-head";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { drawBasicRow, toBasicLines } from "./basic-wall-rows";

/** `refresh` is in seconds, or the content of such a meta element with another address. */
type Draw = (nonce: string, refresh: number | string) => string;

/** Only what browsers of ten years ago knew. The hues are those of the style sheet's light theme. */
const style = `
body { background: #fafaf8; color: #17191b; font-family: sans-serif; font-size: 26px; line-height: 1.3; margin: 30px 40px; }
body.dark { background: #101213; color: #ecedee; }
h1 { border-bottom: 2px solid; font-size: 44px; font-weight: normal; margin: 0 0 10px; padding-bottom: 14px; }
p { margin: 0 0 24px; }
table { border-collapse: collapse; width: 100%; }
th { font-size: 22px; font-weight: normal; text-align: left; padding: 4px 24px 4px 0; }
td { border-top: 1px solid #a9aba9; padding: 8px 24px 8px 0; vertical-align: top; }
.featured td { font-size: 40px; }
.message { font-size: 26px; }
.code { font-family: monospace; font-size: 120px; margin: 40px 0; }
.in_progress { color: #0069aa; } .dark .in_progress { color: #56b4e9; }
.done { color: #00785a; } .dark .done { color: #2cbf97; }
.stalled, .regressing, .incomplete { color: #9c5d00; }
.dark .stalled, .dark .regressing, .dark .incomplete { color: #eaa51e; }
.error { color: #bd4300; } .dark .error { color: #fb7a3c; }
.rolling_back, .rolled_back { color: #9c4275; } .dark .rolling_back, .dark .rolled_back { color: #dd94bd; }
.unseen td, .unseen .state { color: #646a6f; }
.dark .unseen td, .dark .unseen .state { color: #9ba1a6; }
`;

function document(
  title: string,
  body: string,
  { nonce, refresh, theme }: { nonce: string; refresh: number | string; theme: DisplaySettings["theme"] },
): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="${htmlEscape(String(refresh))}">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${htmlEscape(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body${theme === "dark" ? ' class="dark"' : ""}>
${body}
</body>
</html>
`;
}

/**
 * The fleet as a table: what fails or moves first and large. `age` is that of the oldest look that still counts
 * as live, in milliseconds; null: nothing was seen yet.
 */
export function drawBasicWall(
  fleet: FleetView,
  { displaySettings, age, now }: { displaySettings: DisplaySettings; age: Duration | null; now: Instant },
): Draw {
  const views = fleet.endpoints.filter(
    ({ endpoint }) => displaySettings.endpointIds?.includes(endpoint.id) ?? true,
  );
  const lines = toBasicLines(views, fleet.acknowledgements);
  const summary = summarizeViews(views, fleet.watcher);
  const head = lines.length === 0 ? null : toFleetHead(summary, toServerFreshness(summary));
  const sentence = toText(head?.sentence ?? ["No endpoint to watch."], now);
  const words = [
    `${formatUtc(now)}.`,
    age === null ? "Not seen yet." : `Seen ${formatDuration(age)} ago.`,
    head?.lastKnown ?? "",
    toVisibleText(otherMessage(fleet.watcher, summarizeViews(fleet.endpoints, fleet.watcher)) ?? ""),
  ];
  const table =
    lines.length === 0
      ? ""
      : `<table>
<thead><tr><th scope="col">State</th><th scope="col">Endpoint</th><th scope="col">Replicas</th><th scope="col">Version</th><th scope="col">For</th></tr></thead>
<tbody>
${lines.map((line) => drawBasicRow(line, now)).join("\n")}
</tbody>
</table>`;
  const body = `<h1>${htmlEscape(sentence)}</h1>
<p>${htmlEscape(words.filter((each) => each !== "").join(" "))}</p>
${table}`;
  const title = head?.title ?? "No endpoint to watch · Rollcall";
  return (nonce, refresh) => document(title, body, { nonce, refresh, theme: displaySettings.theme });
}

/** The server sees as well as it was told; who reads the page is not known to be cut off. */
function toServerFreshness({ freshness }: FleetSummary): ViewerFreshness {
  const { state, observedAt, cause } = freshness;
  return { state, observedAt, since: cause?.since ?? observedAt, cause, retryAt: null };
}

function formatUtc(at: Instant): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

function toText(sentence: Sentence, now: Instant): string {
  return toVisibleText(sentenceText(sentence, { now, moment: formatUtc }));
}

/** The code that somebody who is signed in approves. */
export function drawBasicPairing(code: string, place: string): Draw {
  const body = `<h1>Let this screen look.</h1>
<p>${htmlEscape(`Open ${place} on a phone, signed in, and enter the code:`)}</p>
<p class="code">${htmlEscape(code)}</p>`;
  return (nonce, refresh) =>
    document("Waiting to be paired. Rollcall", body, { nonce, refresh, theme: "auto" });
}

/** What is wrong, in words. */
export function drawBasicProblem(words: string): Draw {
  const body = `<h1>There is nothing to show now.</h1>\n<p>${htmlEscape(words)}</p>`;
  return (nonce, refresh) => document("Rollcall", body, { nonce, refresh, theme: "auto" });
}

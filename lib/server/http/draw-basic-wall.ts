import "server-only";

import { htmlEscape } from "escape-goat";

import type { FleetAcknowledgement } from "@/lib/contract/acknowledgement";
import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ScreenShows } from "@/lib/contract/screen";
import { formatDuration } from "@/lib/domain/duration";
import { fleetSentence } from "@/lib/domain/fleet-sentence";
import type { Duration, Instant } from "@/lib/domain/instant";
import { isTerminal } from "@/lib/domain/rollout-status";
import { versionName } from "@/lib/domain/rollout-news";
import { sentenceText, troubleSentence } from "@/lib/domain/sentence";
import { compareUrgency, standingWord, toStanding, type Standing } from "@/lib/domain/standing";
import { toVisibleText } from "@/lib/domain/visible-text";
import { isLoud } from "@/lib/domain/wall";

type Draw = (nonce: string, refresh: number) => string;

/** Only what browsers of ten years ago knew. The hues are those of the style sheet's light theme. */
const style = `
body { background: #fafaf8; color: #17191b; font-family: sans-serif; font-size: 26px; line-height: 1.3; margin: 30px 40px; }
body.dark { background: #101213; color: #ecedee; }
h1 { border-bottom: 2px solid; font-size: 44px; font-weight: normal; margin: 0 0 10px; padding-bottom: 14px; }
p { margin: 0 0 24px; }
table { border-collapse: collapse; width: 100%; }
th { font-size: 22px; font-weight: normal; text-align: left; padding: 4px 24px 4px 0; }
td { border-top: 1px solid #a9aba9; padding: 8px 24px 8px 0; vertical-align: top; }
.loud td { font-size: 40px; }
.message { font-size: 26px; }
.code { font-family: monospace; font-size: 120px; margin: 40px 0; }
.in_progress { color: #0069aa; } .dark .in_progress { color: #56b4e9; }
.done { color: #00785a; } .dark .done { color: #2cbf97; }
.stalled, .regressing { color: #9c5d00; } .dark .stalled, .dark .regressing { color: #eaa51e; }
.error { color: #bd4300; } .dark .error { color: #fb7a3c; }
.rolling_back, .rolled_back { color: #9c4275; } .dark .rolling_back, .dark .rolled_back { color: #dd94bd; }
.blind td, .blind .state { color: #646a6f; }
`;

function document(
  title: string,
  body: string,
  { nonce, refresh, theme }: { nonce: string; refresh: number; theme: ScreenShows["theme"] },
): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="${refresh}">
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

/** The fleet as a table: what fails or moves first and large. `age` is in milliseconds; null: nothing was seen yet. */
export function drawBasicWall(
  fleet: FleetView,
  { shows, age, now }: { shows: ScreenShows; age: Duration | null; now: Instant },
): Draw {
  const lines = fleet.endpoints
    .filter(({ endpoint }) => shows.endpointIds?.includes(endpoint.id) ?? true)
    .map((view) =>
      toLine(
        view,
        fleet.acknowledgements.find(({ endpointId }) => endpointId === view.endpoint.id) ?? null,
        now,
      ),
    )
    .toSorted((a, b) => compareUrgency(a.standing, b.standing) || a.id.localeCompare(b.id));
  const sentence =
    lines.length === 0 ? "No endpoint to watch." : fleetSentence(lines.map(({ standing }) => standing));
  const trouble = toTrouble(
    lines.map(({ freshness }) => freshness),
    now,
  );
  const seen = age === null ? "Not seen yet." : `Seen ${formatDuration(age)} ago.`;
  const words = [
    `${new Date(now).toISOString().slice(11, 16)} UTC.`,
    seen,
    trouble === null ? "" : `Last known: ${sentence}`,
    fleet.watcher.message === null ? "" : toVisibleText(fleet.watcher.message),
  ];
  const rows = lines.map((line) => line.row).join("\n");
  const table =
    lines.length === 0
      ? ""
      : `<table>
<thead><tr><th scope="col">State</th><th scope="col">Endpoint</th><th scope="col">Replicas</th><th scope="col">Version</th><th scope="col">For</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
  const body = `<h1>${htmlEscape(trouble ?? sentence)}</h1>
<p>${htmlEscape(words.filter((each) => each !== "").join(" "))}</p>
${table}`;
  return (nonce, refresh) =>
    document(`${trouble ?? sentence} Rollcall`, body, { nonce, refresh, theme: shows.theme });
}

/** What is wrong where nothing can be seen at all; null where something can. */
function toTrouble(all: readonly FreshnessView[], now: Instant): string | null {
  const [longest] = all.toSorted((a, b) => (a.cause?.since ?? "").localeCompare(b.cause?.since ?? ""));
  if (longest === undefined || all.some(({ state }) => state !== "blind") || longest.cause === null)
    return null;
  const { cause, observedAt } = longest;
  const sentence = troubleSentence({
    state: "blind",
    observedAt: observedAt === null ? null : Date.parse(observedAt),
    since: Date.parse(cause.since),
    cause,
    retryAt: null,
  });
  const moment = (at: Instant) => `${new Date(at).toISOString().slice(11, 16)} UTC`;
  return sentence === null ? null : toVisibleText(sentenceText(sentence, { now, moment }));
}

type Line = { id: string; standing: Standing; freshness: FreshnessView; row: string };

function toLine(view: EndpointView, acknowledgement: FleetAcknowledgement | null, now: Instant): Line {
  const { id } = view.endpoint;
  const rollout =
    view.rollouts.find(({ deploymentId }) => deploymentId === view.current) ?? view.rollouts[0] ?? null;
  const standing = toStanding(
    rollout === null
      ? null
      : {
          status: rollout.status,
          goneSince:
            rollout.noLongerReportedSince === null ? null : Date.parse(rollout.noLongerReportedSince),
          conditions: rollout.conditions.map(({ code }) => code),
        },
  );
  const since = rollout === null ? null : sinceOf(rollout);
  const { state, cause } = view.freshness;
  const classes = [
    ...(isLoud({ standing, changedAt: since, isAcknowledged: acknowledgement !== null }, now)
      ? ["loud"]
      : []),
    ...(state === "blind" ? ["blind"] : []),
  ];
  const message = state === "blind" ? (cause?.message ?? null) : (rollout?.errorMessage ?? null);
  const word =
    state === "blind"
      ? `Blind (${standingWord(standing).toLowerCase()} when last seen)`
      : standingWord(standing) +
        (acknowledgement === null ? "" : `, seen by ${acknowledgement.by ?? "somebody"}`);
  const row = htmlEscape`<td><span class="state ${standing}">${word}</span></td><td>${id}</td><td>${countsOf(rollout)}</td><td>${toVisibleText(rollout === null ? "" : versionName(rollout.version))}</td><td>${since === null ? "" : formatDuration(Math.max(0, now - since))}</td>`;
  const note =
    message === null
      ? ""
      : htmlEscape`<tr><td></td><td colspan="4" class="message">${toVisibleText(message).slice(0, longestMessage)}</td></tr>`;
  const attributes = classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  return { id, standing, freshness: view.freshness, row: `<tr${attributes}>${row}</tr>${note}` };
}

const longestMessage = 300;

function sinceOf({ status, endedAt, createdAt, firstObservedAt }: RolloutView): Instant {
  return Date.parse((isTerminal(status) ? endedAt : null) ?? createdAt ?? firstObservedAt);
}

function countsOf(rollout: RolloutView | null): string {
  if (rollout === null) return "";
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  return updated === null && total === null ? "not reported" : `${updated ?? "?"} of ${total ?? "?"}`;
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

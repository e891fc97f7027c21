import "server-only";

import { clsx } from "clsx";
import { Fragment, type ReactNode } from "react";

import type { FleetView } from "@/lib/contract/endpoint-view";
import type { DisplaySettings } from "@/lib/contract/screen";
import { otherMessage, summarizeViews } from "@/lib/contract/watcher-message";
import type { ViewerFreshness } from "@/lib/domain/connection";
import { displayStates } from "@/lib/domain/display-state";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import type { Duration, Instant } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";
import { toFleetHead } from "@/lib/presentation/fleet-head";
import { incidentSentence } from "@/lib/presentation/incident-words";
import { pairHeading } from "@/lib/presentation/pairing-words";
import { dark, hueOf, light, type Theme } from "@/lib/presentation/palette";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

import { toBasicLines, type BasicLine } from "./basic-wall-line";

/** What a page without scripts shows. `theme` is light where it is left out. */
export type BasicPage = { title: string; theme?: DisplaySettings["theme"]; body: ReactNode };

/** `refresh` is in seconds, or the whole content of the meta element where the address changes. */
type Frame = { nonce: string; refresh: number | string };

/** A page as HTML. */
export async function renderBasicPage({ title, theme, body }: BasicPage, { nonce, refresh }: Frame) {
  // Next refuses a static import of this module in code that runs on the server only.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const html = renderToStaticMarkup(
    <html lang="en">
      {/* eslint-disable-next-line @next/next/no-head-element -- a separate document, outside Next's pages */}
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="refresh" content={String(refresh)} />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body className={theme === "dark" ? "dark" : undefined}>
        <main>{body}</main>
      </body>
    </html>,
  );
  return `<!DOCTYPE html>${html}`;
}

/**
 * The fleet as a table: failing and moving endpoints first and large. `age` is that of the oldest observation that
 * still counts as live; null: there is none yet.
 */
export function toBasicWall(
  fleet: FleetView,
  { displaySettings, age, now }: { displaySettings: DisplaySettings; age: Duration | null; now: Instant },
): BasicPage {
  const views = fleet.endpoints.filter(
    ({ endpoint }) => displaySettings.endpointIds?.includes(endpoint.id) ?? true,
  );
  const lines = toBasicLines(views, fleet.acknowledgements, now);
  const summary = summarizeViews(views, fleet.watcher);
  const head = lines.length === 0 ? null : toFleetHead(summary, toServerFreshness(summary));
  const notes = [
    `${formatUtc(now)}.`,
    age === null ? "Not seen yet." : `Seen ${formatDuration(age)} ago.`,
    head?.lastKnown ?? "",
    toText(incidentSentence(fleet.providerIncidents) ?? [], now),
    toVisibleText(otherMessage(fleet.watcher, summarizeViews(fleet.endpoints, fleet.watcher), null) ?? ""),
  ];
  return {
    title: head?.title ?? "No endpoint to watch · Rollcall",
    theme: displaySettings.theme,
    body: (
      <>
        <h1>{toText(head?.sentence ?? ["No endpoint to watch."], now)}</h1>
        <p>{notes.filter((note) => note !== "").join(" ")}</p>
        {lines.length > 0 && <LineTable lines={lines} />}
      </>
    ),
  };
}

function LineTable({ lines }: { lines: readonly BasicLine[] }) {
  return (
    <table>
      <thead>
        <tr>
          {["State", "Endpoint", "Replicas", "Version", "Time"].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </tbody>
    </table>
  );
}

/** A row of the table, and below it a second one for a message. */
function Row({ line }: { line: BasicLine }) {
  const className = clsx(line.isFeatured && "featured", line.isUnseen && "unseen");
  return (
    <Fragment>
      <tr className={className === "" ? undefined : className}>
        <td>
          <span className={`state ${line.displayState}`}>{line.state}</span>
        </td>
        <td>{line.id}</td>
        <td>{line.counts}</td>
        <td>{line.version}</td>
        <td>{line.duration}</td>
      </tr>
      {line.message !== null && (
        <tr>
          <td />
          <td colSpan={4} className="message">
            {line.message}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** The code that a signed-in user approves at `place`. */
export function toBasicPairing(code: string, place: string): BasicPage {
  return {
    title: "Pair this screen · Rollcall",
    body: (
      <>
        <h1>{pairHeading}</h1>
        <p>{`Sign in on a phone, open ${place} and enter this code:`}</p>
        <p className="code">{code}</p>
      </>
    ),
  };
}

/** Why the wall cannot be shown. */
export function toBasicProblem(problem: string): BasicPage {
  return {
    title: "Rollcall",
    body: (
      <>
        <h1>Nothing to show right now</h1>
        <p>{problem}</p>
      </>
    ),
  };
}

/** The freshness that the server knows of; whether the reader is cut off from the server it cannot know. */
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

/** Only what the browsers of ten-year-old televisions support: no variables, no grid. */
const style = `
body { background: ${light.ground}; color: ${light.ink}; font-family: sans-serif; font-size: 26px; line-height: 1.3; margin: 30px 40px; }
body.dark { background: ${dark.ground}; color: ${dark.ink}; }
h1 { border-bottom: 2px solid; font-size: 44px; font-weight: normal; margin: 0 0 10px; padding-bottom: 14px; }
p { margin: 0 0 24px; }
table { border-collapse: collapse; width: 100%; }
th { font-size: 22px; font-weight: normal; text-align: left; padding: 4px 24px 4px 0; }
td { border-top: 1px solid ${light.lineStrong}; padding: 8px 24px 8px 0; vertical-align: top; }
.featured td { font-size: 40px; }
.message { font-size: 26px; }
.code { font-family: monospace; font-size: 120px; margin: 40px 0; }
@media (max-width: 700px) {
body { font-size: 14px; margin: 14px 16px; }
h1 { font-size: 22px; }
th { font-size: 13px; }
th, td { padding-right: 8px; }
td + td { word-break: break-word; }
.featured td, .message { font-size: 14px; }
.code { font-size: 56px; }
}
${toStateRules(light, "")}
${toStateRules(dark, ".dark ")}
`;

function toStateRules(theme: Theme, scope: string): string {
  const states = displayStates.filter((state) => hueOf(state) !== "muted");
  return [
    ...states.map((state) => `${scope}.${state} { color: ${theme[hueOf(state)]}; }`),
    `${scope}.unseen td, ${scope}.unseen .state { color: ${theme.muted}; }`,
  ].join("\n");
}

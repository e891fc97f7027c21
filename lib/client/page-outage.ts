import { minute, type Duration, type Instant } from "@/lib/domain/instant";

import { isPageAnswered, pauseAfter, wasReloaded } from "./reload-page";
import { keepInTab, readFromTab } from "./tab-memory";

/** A page that cannot be rendered: since when, when it last failed, and the number of retries. */
type PageOutage = { since: Instant; seenAt: Instant; failures: number };

const key = "rollcall-page-outage";

/** After a page was rendered for this time it has recovered: its next failure starts a new outage. */
const recoversWithin: Duration = 2 * minute;

/** Records, across reloads, that the page cannot be rendered at `now`. */
export function notePageOutage(now: Instant): PageOutage {
  const former = parseOutage(readFromTab(key));
  const isSame = former !== null && now >= former.seenAt && now - former.seenAt < recoversWithin;
  // If the browser keeps nothing across reloads, a recent reload counts as several failures.
  const failures = isSame ? former.failures + 1 : wasReloaded() && performance.now() < minute ? 3 : 1;
  const outage = { since: isSame ? former.since : now, seenAt: now, failures };
  keepInTab(key, [outage.since, outage.seenAt, outage.failures].join(" "));
  return outage;
}

function parseOutage(text: string | null): PageOutage | null {
  const [since = NaN, seenAt = NaN, failures = NaN] = (text ?? "").split(" ").map(Number);
  return [since, seenAt, failures].every(Number.isFinite) ? { since, seenAt, failures } : null;
}

/**
 * Tries `most` times, after 10, 20, and then every 40 s: reloads the page if the server answers, and renders it again
 * if not. Returns a function that cancels the retries.
 */
export function keepRedrawing(outage: PageOutage, redraw: () => void, most: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const plan = ({ failures }: PageOutage, tries: number) => {
    if (tries < most) timer = setTimeout(() => void attempt(tries + 1), pauseAfter(failures));
  };
  const attempt = async (tries: number) => {
    const before = timer;
    await redrawPage(redraw);
    if (timer === before) plan(notePageOutage(Date.now()), tries);
  };
  plan(outage, 0);
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
}

/** Tries immediately. */
export async function redrawPage(redraw: () => void): Promise<void> {
  if (await isPageAnswered()) location.reload();
  else redraw();
}

import type { Instant } from "@/lib/domain/instant";

/** How a moment is written: `short` to the minute, `exact` to the second, `clock` to the second and never with a day. */
export type MomentForm = "short" | "exact" | "clock";

/**
 * `14:02` or `14:02:10`, preceded by the day if it differs from that of `now`, and by the year if it differs too:
 * `23 Nov 14:02`, `23 Nov 2025 14:02`. Self-contained, because the page also includes it as an inline script. It reads
 * the fields of Date, because creating an Intl formatter takes longer than the rest of that script.
 */
function writeMoment(at: Instant, now: Instant, form: MomentForm, isUtc: boolean): string {
  const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const read = (instant: number) => {
    const offset = isUtc ? 0 : new Date(instant).getTimezoneOffset() * 60_000;
    return new Date(instant - offset);
  };
  const shown = read(at);
  const iso = shown.toISOString();
  const clock = iso.slice(11, form === "short" ? 16 : 19);
  if (form === "clock") return clock;
  const present = read(now).toISOString();
  if (iso.slice(0, 10) === present.slice(0, 10)) return clock;
  const year = iso.slice(0, 4) === present.slice(0, 4) ? "" : ` ${shown.getUTCFullYear()}`;
  return `${shown.getUTCDate()} ${months[shown.getUTCMonth()] ?? ""}${year} ${clock}`;
}

/** In UTC, as in the server's HTML. */
export function writeUtc(at: Instant, now: Instant, form: MomentForm): string {
  return `${writeMoment(at, now, form, true)} UTC`;
}

/** The offset of the viewer's clocks at a moment: `UTC+5:30`. Self-contained, for the inline script as well. */
function writeOffset(at: Instant): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${size % 60 === 0 ? "" : `:${size % 60}`}`;
}

/**
 * In the viewer's time zone; only for the browser. `beside` is the other end of a range: if clocks were changed between
 * both, the offset follows, because otherwise 02:40–02:10 could stand there.
 */
export function writeLocal(at: Instant, now: Instant, form: MomentForm, beside: Instant = at): string {
  const offset = writeOffset(at);
  return `${writeMoment(at, now, form, false)}${offset === writeOffset(beside) ? "" : ` ${offset}`}`;
}

/** The whole moment in both zones, for hover and screen readers; only for the browser. */
export function writeInFull(at: Instant): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const local = new Date(at + minutes * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${writeOffset(at)} (${new Date(at).toISOString().slice(11, 19)} UTC)`;
}

/**
 * An inline script that converts the moments in the server's HTML from UTC to the viewer's time zone before the first
 * paint. React then finds the text that it renders itself.
 */
export function localizeScript(): string {
  return `(${localize.toString()})(${writeMoment.toString()}, ${writeOffset.toString()})`;
}

function localize(write: typeof writeMoment, offset: typeof writeOffset): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-form]")) {
    const named = element.dataset["form"];
    const form = named === "exact" || named === "clock" ? named : "short";
    const at = Date.parse(element.dateTime);
    const isChanged = offset(at) !== offset(Date.parse(element.dataset["beside"] ?? element.dateTime));
    element.textContent = write(at, Date.now(), form, false) + (isChanged ? ` ${offset(at)}` : "");
  }
}

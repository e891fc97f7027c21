import type { Instant } from "@/lib/domain/instant";

/** How a moment is written: `short` to the minute, `exact` to the second. */
export type MomentForm = "short" | "exact";

/** A form with the day is used for moments of another day than today. */
type FormOptions = { today: Intl.DateTimeFormatOptions; otherwise: Intl.DateTimeFormatOptions };

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const seconds: Intl.DateTimeFormatOptions = { ...clock, second: "2-digit" };
const dayOf: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** `14:02` and `14:02:10`, preceded by the day when that is not today. */
export const momentForms: Record<MomentForm, FormOptions> = {
  short: { today: clock, otherwise: { ...dayOf, ...clock } },
  exact: { today: seconds, otherwise: { ...dayOf, ...seconds } },
};

/** Makes formatters of one zone and keeps them, since making one costs far more than using it. */
function makeFormatters(
  timeZone: string | undefined,
): (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (options) => {
    const key = JSON.stringify(options);
    const formatter =
      made.get(key) ??
      new Intl.DateTimeFormat("en-GB", timeZone === undefined ? options : { ...options, timeZone });
    made.set(key, formatter);
    return formatter;
  };
}

/** Writes a moment, with the day when it is not the day of `now`. */
function writeMoment(
  at: Instant,
  now: Instant,
  form: FormOptions,
  formatter: (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat,
): string {
  const day = formatter({ dateStyle: "short" });
  const options = day.format(at) === day.format(now) ? form.today : form.otherwise;
  return formatter(options).format(at).replace(", ", " ");
}

const inUtc = makeFormatters("UTC");
const inViewersZone = makeFormatters(undefined);

/** As the server writes it, which knows no zone but UTC. */
export function writeUtc(at: Instant, now: Instant, form: MomentForm): string {
  return `${writeMoment(at, now, momentForms[form], inUtc)} UTC`;
}

/** In the viewer's own zone; only for the browser. */
export function writeLocal(at: Instant, now: Instant, form: MomentForm): string {
  return writeMoment(at, now, momentForms[form], inViewersZone);
}

/** The whole moment in both zones, for hover, focus and screen readers; only for the browser. */
export function writeInFull(at: Instant): string {
  const local = inViewersZone({ dateStyle: "medium", timeStyle: "long", hourCycle: "h23" }).format(at);
  const utc = new Date(at).toISOString();
  return `${local} (${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC)`;
}

/**
 * An inline script that rewrites the moments in the server's HTML, which are in UTC, into the viewer's
 * zone before the first paint. React then finds the text that it would have written itself. The three
 * functions refer to nothing but each other's parameters.
 */
export function localiseScript(): string {
  const parts = [makeFormatters, writeMoment].map((part) => part.toString());
  return `(${localise.toString()})(${parts.join(",")},${JSON.stringify(momentForms)})`;
}

function localise(make: typeof makeFormatters, write: typeof writeMoment, forms: typeof momentForms): void {
  const formatter = make(undefined);
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-form]")) {
    const form = element.dataset["form"] === "exact" ? forms.exact : forms.short;
    element.textContent = write(Date.parse(element.dateTime), Date.now(), form, formatter);
  }
}

import type { OngoingCause } from "./cause";
import type { Instant } from "./instant";

/** An incident that the provider's status page reports and has not resolved. Its texts come from outside. */
export type Incident = {
  id: string;
  name: string;
  /** The page's own word: usually `investigating`, `identified` or `monitoring`. */
  status: string;
  /** The page's own word: usually `critical`, `major`, `minor` or `none`; null: not reported. */
  impact: string | null;
  startedAt: Instant | null;
  /** Where people read more: an http or https address; null: there is none. */
  link: string | null;
};

/** What is known from the status page. */
export type StatusPage = {
  /** When it was last read; null: never. */
  observedAt: Instant | null;
  /** The worst first. */
  incidents: readonly Incident[];
  /** Why the newest poll failed; null if it did not. */
  cause: OngoingCause | null;
};

const impacts = ["critical", "major", "minor"];

/** The worst first, and of those equally bad the newest; an unknown impact is the least. */
export function worstFirst(incidents: readonly Incident[]): Incident[] {
  const rank = ({ impact }: Incident) => {
    const place = impacts.indexOf(impact ?? "");
    return place === -1 ? impacts.length : place;
  };
  return incidents.toSorted((a, b) => rank(a) - rank(b) || (b.startedAt ?? 0) - (a.startedAt ?? 0));
}

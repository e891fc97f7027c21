import type { ProviderIncidents } from "@/lib/contract/provider-incidents";
import { incidentSentence } from "@/lib/presentation/incident-words";

import { SentenceText } from "../ui/sentence-text";

/**
 * What the provider's status page reports while an incident is open, at the lower edge of the screen: it comes and goes,
 * and nothing may move because of that. Put it last in a page.
 */
export function IncidentLine({ reported }: { reported: ProviderIncidents | undefined }) {
  const sentence = incidentSentence(reported);
  if (sentence === null) return null;
  const link = reported?.incidents[0]?.link ?? null;
  return (
    <aside aria-label="Incident at Cerebras" className="incident-line">
      <p className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        <SentenceText sentence={sentence} />
      </p>
      {link !== null && (
        <a
          href={link}
          target="_blank"
          rel="noreferrer"
          className="py-1 underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          Read about it
        </a>
      )}
    </aside>
  );
}

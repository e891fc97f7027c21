import type { RolloutView } from "@/lib/contract/rollout-view";

import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/** What a person should know before trusting a number. */
export function WarningList({ warnings }: { warnings: RolloutView["warnings"] }) {
  if (warnings.length === 0) return null;
  return (
    <Section name="Odd in the reply">
      <ul className="space-y-2">
        {warnings.map(({ code, field, message }) => (
          <li key={`${code} ${field} ${message}`} className="break-words text-pretty">
            <Verbatim text={message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

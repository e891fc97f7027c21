import type { RolloutView } from "@/lib/contract/rollout-view";

import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

type Warnings = RolloutView["warnings"];

/** What a person should know before trusting a number, or the past. */
export function WarningList({ warnings }: { warnings: Warnings }) {
  const ofHistory = warnings.filter(({ field }) => field === "history");
  const ofReply = warnings.filter(({ field }) => field !== "history");
  return (
    <>
      <Warned name="History" warnings={ofHistory} />
      <Warned name="Odd in the reply" warnings={ofReply} />
    </>
  );
}

function Warned({ name, warnings }: { name: string; warnings: Warnings }) {
  if (warnings.length === 0) return null;
  return (
    <Section name={name}>
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

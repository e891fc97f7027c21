import { toInstant } from "@/lib/client/to-rollout-display";
import type { RolloutView } from "@/lib/contract/rollout-view";

import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { Verbatim } from "../ui/verbatim";

/** What Rollcall concludes and the API does not say, and said to be that. */
export function ConditionList({ conditions }: { conditions: RolloutView["conditions"] }) {
  if (conditions.length === 0) return null;
  return (
    <Section name="Rollcall concludes">
      <ul className="space-y-2">
        {conditions.map(({ code, message, since }) => (
          <li key={code} className="text-pretty">
            <Verbatim text={message} />{" "}
            <span className="text-caption text-quiet">
              Since <Moment at={toInstant(since)} form="exact" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

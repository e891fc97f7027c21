import { toInstant, toInstantOrNull } from "@/lib/client/to-news";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { changeSentence } from "@/lib/domain/event";

import { Moment } from "../../ui/moment";
import { Section } from "../../ui/section";
import { Verbatim } from "../../ui/verbatim";

/** Everything that changed, oldest first, each between the two moments at which Rollcall looked. */
export function TransitionList({ detail }: { detail: RolloutDetail }) {
  const { transitions, rollout } = detail;
  return (
    <Section name="What changed, and when">
      <ol>
        <li className="flex flex-col gap-x-6 py-2 pt-0 sm:flex-row">
          <span className="shrink-0 text-caption leading-[1.85] text-quiet sm:w-44">
            <Moment at={toInstant(rollout.firstObservedAt)} form="exact" />
          </span>
          <span>First seen by Rollcall.</span>
        </li>
        {transitions.map(({ after, before, changes }) => (
          <TransitionLine key={before} after={toInstantOrNull(after)} before={toInstant(before)}>
            {changes.map(changeSentence).join(" ")}
          </TransitionLine>
        ))}
      </ol>
    </Section>
  );
}

function TransitionLine({
  after,
  before,
  children,
}: {
  after: number | null;
  before: number;
  children: string;
}) {
  return (
    <li className="flex flex-col gap-x-6 border-t border-line py-2 sm:flex-row">
      <span className="shrink-0 text-caption leading-[1.85] text-quiet sm:w-44">
        {after !== null && (
          <>
            <Moment at={after} form="exact" />–
          </>
        )}
        <Moment at={before} form="exact" />
      </span>
      <span className="min-w-0 break-words">
        <Verbatim text={children} />
      </span>
    </li>
  );
}

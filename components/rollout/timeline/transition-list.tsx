"use client";

import { useState } from "react";

import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { changeSentence } from "@/lib/presentation/event";

import { Moment } from "../../ui/moment";
import { Section } from "../../ui/section";
import { TextButton } from "../../ui/text-button";
import { Verbatim } from "../../ui/verbatim";

const shownAtFirst = 100;

/** Every change, oldest first, each with the two polls it happened between. */
export function TransitionList({ detail }: { detail: RolloutDetail }) {
  const { transitions, transitionsTotal, rollout } = detail;
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? transitions : transitions.slice(-shownAtFirst);
  const left = transitionsTotal - transitions.length;
  return (
    <Section name="What changed, and when">
      {shown.length < transitions.length && (
        <TextButton className="mb-3" onClick={() => setIsWhole(true)}>
          {`Show ${transitions.length - shown.length} earlier changes`}
        </TextButton>
      )}
      {isWhole && left > 0 && (
        <p className="mb-3 text-quiet">
          {`Showing the newest ${transitions.length} of ${transitionsTotal} changes. The CSV has all of them.`}
        </p>
      )}
      <ol>
        {shown.length === transitionsTotal && (
          <li className="flex flex-col gap-x-6 py-2 pt-0 sm:flex-row">
            <span className="shrink-0 text-caption leading-[1.85] text-quiet sm:w-44">
              <Moment at={rollout.firstObservedAt} form="exact" />
            </span>
            <span>First seen by Rollcall.</span>
          </li>
        )}
        {shown.map(({ after, before, changes, messagesBetween }) => (
          <TransitionLine key={before} after={after} before={before}>
            {changes.map((change) => changeSentence(change, messagesBetween)).join(" ")}
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

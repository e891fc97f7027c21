"use client";

import { clsx } from "clsx";
import { useMemo, useState } from "react";

import type { DisplayState } from "@/lib/domain/display-state";
import { hour, type Instant } from "@/lib/domain/instant";
import type { EndpointEvent } from "@/lib/presentation/event";
import { toLogLines, type LogLine } from "@/lib/presentation/log-lines";
import { versionName } from "@/lib/presentation/version";

import { Moment } from "./moment";
import { StateShape } from "./state-shape";
import { TextButton } from "./text-button";
import { Verbatim } from "./verbatim";

const shownAtFirst = 12;

/**
 * A log, newest first; the replica steps of a rollout are one line. They step back, and a mark in its state's color
 * says what else happened. `isNamed`: each line names its version.
 */
export function Log({ events, isNamed }: { events: readonly EndpointEvent[]; isNamed: boolean }) {
  const [isWhole, setIsWhole] = useState(false);
  const lines = useMemo(() => toLogLines(events), [events]);
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <>
      <ol>
        {shown.map((line) => (
          <Line key={line.id} line={line} isNamed={isNamed} />
        ))}
      </ol>
      {lines.length > shown.length && (
        <TextButton className="mt-3" onClick={() => setIsWhole(true)}>
          {`Show ${lines.length - shown.length} earlier lines`}
        </TextButton>
      )}
    </>
  );
}

function Line({ line, isNamed }: { line: LogLine; isNamed: boolean }) {
  const state = stateOf(line);
  const text = (
    <>
      {isNamed && line.version !== null && (
        <>
          <Verbatim text={versionName(line.version)} />:{" "}
        </>
      )}
      <Verbatim text={line.message} />
    </>
  );
  return (
    <li
      data-state={state ?? undefined}
      className="flex flex-col gap-x-4 border-t border-line py-2 first:border-t-0 first:pt-0 sm:flex-row"
    >
      <Between line={line} />
      <span className="flex min-w-0 gap-2">
        {line.steps.length === 0 ? (
          <>
            <Mark line={line} state={state} />
            <span className={clsx("min-w-0 break-words", standsOut(line) ? "font-medium" : "text-quiet")}>
              {text}
            </span>
          </>
        ) : (
          <details className="group min-w-0">
            <summary className="-my-0.5 flex cursor-pointer list-none gap-2 py-0.5 text-quiet [&::-webkit-details-marker]:hidden">
              <span aria-hidden="true" className="w-4 shrink-0 text-center group-open:rotate-90">
                ›
              </span>
              <span className="min-w-0 underline decoration-line-strong underline-offset-4 hover:decoration-ink">
                {text}
              </span>
            </summary>
            <Steps steps={line.steps} />
          </details>
        )}
      </span>
    </li>
  );
}

/** More would make the page heavy; a rollout's CSV has all. */
const mostSteps = 60;

function Steps({ steps }: { steps: readonly EndpointEvent[] }) {
  return (
    <ol className="mt-1 mb-1 ml-6 text-caption text-quiet">
      {steps.slice(0, mostSteps).map((step) => (
        <li key={step.id}>
          <Moment at={step.before} form="exact" />
          <span className="ml-4">{step.message}</span>
        </li>
      ))}
      {steps.length > mostSteps && (
        <li>{`${steps.length - mostSteps} earlier steps; the rollout’s CSV has all of them.`}</li>
      )}
    </ol>
  );
}

/** The two polls between which it happened. */
function Between({ line: { after, before } }: { line: EndpointEvent }) {
  return (
    <span className="shrink-0 text-caption leading-[1.85] text-quiet sm:w-48">
      {after !== null && after < before && (
        <>
          <Moment at={after} form="exact" />–
        </>
      )}
      <Moment at={before} form={isShort(after, before) ? "clock" : "exact"} />
    </span>
  );
}

/** Whether the second moment is near enough to the first to be understood without its day. */
function isShort(after: Instant | null, before: Instant): boolean {
  return after !== null && after < before && before - after < 6 * hour;
}

function Mark({ line, state }: { line: EndpointEvent; state: DisplayState | null }) {
  const place = "mt-[0.3em] size-4 shrink-0";
  if (line.kind === "gap")
    return <span aria-hidden="true" className={clsx("hatched border border-line-strong", place)} />;
  if (state === null) return <span aria-hidden="true" className={place} />;
  return <StateShape of={state} className={clsx("text-state", place)} />;
}

/** The state whose shape and color stand beside an event; null for none. */
function stateOf({ kind, status }: EndpointEvent): DisplayState | null {
  if (kind === "error") return "error";
  if (kind === "condition") return "stalled";
  if (kind === "no_longer_reported") return "removed";
  return status;
}

const outstanding: ReadonlySet<EndpointEvent["kind"]> = new Set([
  "status",
  "error",
  "condition",
  "no_longer_reported",
  "gap",
]);

function standsOut({ kind }: EndpointEvent): boolean {
  return outstanding.has(kind);
}

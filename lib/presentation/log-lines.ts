import type { Instant } from "@/lib/domain/instant";

import { formatDuration } from "./duration";
import type { EndpointEvent } from "./event";

/** A line of a log: an event, or the steps of one rollout's replicas between other events, in the order of the log. */
export type LogLine = EndpointEvent & { steps: readonly EndpointEvent[] };

/**
 * Groups the replica steps of a log that's newest first, so that everything else stands out: the steps of a rollout
 * become one line wherever nothing but steps happened in between. The line stands where its newest step stood.
 */
export function toLogLines(events: readonly EndpointEvent[]): LogLine[] {
  const lines: EndpointEvent[][] = [];
  const open = new Map<string | null, EndpointEvent[]>();
  for (const event of events) {
    const group = event.kind === "replicas" ? open.get(event.deploymentId) : undefined;
    if (group !== undefined) {
      group.push(event);
      continue;
    }
    const line = [event];
    lines.push(line);
    if (event.kind === "replicas") open.set(event.deploymentId, line);
    else open.clear();
  }
  return lines.flatMap((steps) => toLine(steps));
}

function toLine(steps: readonly EndpointEvent[]): LogLine[] {
  const [newest] = steps;
  const oldest = steps.at(-1);
  if (newest === undefined || oldest === undefined) return [];
  if (steps.length === 1) return [{ ...newest, steps: [] }];
  // Named by its oldest step, so that the line stays the same while steps are added.
  return [{ ...newest, id: `${oldest.id}-steps`, after: oldest.after, message: stepsText(steps), steps }];
}

/** `0 → 7 in 7 steps, one every 34 s`. Steps are newest first. */
function stepsText(steps: readonly EndpointEvent[]): string {
  const first = steps.at(-1);
  const last = steps[0];
  const text = `${count(first?.counts?.from)} → ${count(last?.counts?.to)} in ${steps.length} steps`;
  return first === undefined || last === undefined || steps.length < 3
    ? `${text}.`
    : `${text}, one every ${formatDuration(everyOf(first, last, steps.length))}.`;
}

function everyOf(first: { before: Instant }, last: { before: Instant }, steps: number) {
  return (last.before - first.before) / (steps - 1);
}

function count(value: number | null | undefined): string {
  return value == null ? "?" : String(value);
}

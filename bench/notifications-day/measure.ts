import type { Instant } from "@/lib/domain/instant";
import { eventKinds, type EventKind } from "@/lib/domain/notable-event";

import type { Row } from "../support/table";
import { makeLife, type Fate, type Life, type LifeRollout } from "./life";
import { playOutages, writtenOutages } from "./outages";
import { playRollouts } from "./play";

const midnight: Instant = Date.UTC(2026, 8, 21);
const writtenWithout: ReadonlySet<EventKind> = new Set(["moving_again", "acknowledged"]);

/** The messages of one day about 40 endpoints, beside those that a person who watches would write. */
export function measureNotificationsDay(isShort: boolean): Promise<Row[]> {
  const lives = Array.from({ length: isShort ? 10 : 40 }, (_, nth) => makeLife(nth, midnight));
  const rollouts = lives.flatMap(({ today }) => today);
  const found = [...lives.flatMap((life) => playRollouts(life, midnight)), ...playOutages(lives, midnight)];
  // The outbox keeps an event once, however often it is found.
  const events = [...new Map(found.map((event) => [event.key, event])).values()];
  const count = (kinds: readonly EventKind[]) => events.filter(({ kind }) => kinds.includes(kind)).length;
  const written = toWritten(lives);
  const byKind = eventKinds
    .filter((kind) => kind !== "acknowledged")
    .map((kind) => ({ what: `  ${kind}`, figure: count([kind]), unit: "", limit: written[kind] ?? 0 }));
  return Promise.resolve([
    { what: "endpoints", figure: lives.length, unit: "" },
    { what: "rollouts", figure: rollouts.length, unit: "" },
    { what: "every event", figure: events.length, unit: "" },
    ...byKind,
    {
      what: "Teams, mail, Slack webhook",
      figure: count(eventKinds.filter((kind) => !writtenWithout.has(kind))),
      unit: "",
    },
    {
      what: "failed, stalled, blind, seeing_again",
      figure: count(["failed", "stalled", "blind", "seeing_again"]),
      unit: "",
    },
  ]);
}

/** What a person would write at most, by kind. */
function toWritten(lives: readonly Life[]): Partial<Record<EventKind, number>> {
  const rollouts = lives.flatMap(({ today }) => today);
  const of = (...fates: Fate[]) => rollouts.filter(({ fate }) => fates.includes(fate)).length;
  const stopped = of("paused", "stuck", "stumbling");
  return {
    started: rollouts.length,
    finished: of("done", "paused", "stumbling", "restarting"),
    failed: of("failed"),
    rolling_back: of("rolled back"),
    rolled_back: of("rolled back"),
    cancelled: of("cancelled", "stuck"),
    stalled: stopped,
    moving_again: of("paused", "stumbling"),
    late: lives.flatMap(toSlow).length,
    regressing: of("restarting"),
    blind: writtenOutages,
    seeing_again: writtenOutages,
  };
}

/** The rollouts that took longer than any before, and never stalled. */
function toSlow({ pasts, today }: Life): LifeRollout[] {
  const all = [...pasts, ...today];
  const lengthOf = ({ steps }: LifeRollout): number => steps.at(-1)?.at ?? 0;
  return today.filter((rollout) => {
    const before = all.slice(0, all.indexOf(rollout)).filter(({ fate }) => fate === "done");
    const hasStopped = rollout.fate === "paused" || rollout.fate === "stuck" || rollout.fate === "stumbling";
    return !hasStopped && before.every((other) => lengthOf(other) < lengthOf(rollout));
  });
}

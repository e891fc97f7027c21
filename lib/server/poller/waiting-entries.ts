import "server-only";

import type { Instant } from "@/lib/domain/instant";
import type { Entry, Recording, RolloutChange } from "@/lib/server/db/recording";

/** Entries kept in memory while the database cannot be written. */
const mostPending = 20_000;

/**
 * The entries to keep: of several polls in a row without a change, of several replies, and of a run of error messages,
 * only the newest. Beyond `mostPending` the oldest are dropped.
 */
export function toWaiting(entries: readonly Entry[]): Entry[] {
  const extended = new Set<string>();
  const replied = new Set<string>();
  return withoutReplaced(entries)
    .toReversed()
    .map((entry) => {
      if (entry.kind !== "recording" || entry.reply === undefined) return entry;
      const { reply, ...others } = entry;
      const isOvertaken = replied.has(entry.endpointId);
      replied.add(entry.endpointId);
      return isOvertaken ? others : { ...others, reply };
    })
    .filter((entry) => {
      if (entry.kind !== "recording") return true;
      const span = `${entry.endpointId} ${entry.span.from}`;
      const isOvertaken = extended.has(span) && saysNothingElse(entry);
      extended.add(span);
      return !isOvertaken;
    })
    .slice(0, mostPending)
    .toReversed();
}

function saysNothingElse({ endpoint, rollouts, reply }: Recording): boolean {
  return endpoint === undefined && rollouts.length === 0 && reply === undefined;
}

/** Removes changes of a rollout that a later waiting entry replaces. */
function withoutReplaced(entries: readonly Entry[]): Entry[] {
  const newest = new Map<string, Waiting>();
  const drafts = entries.map((entry) => ({
    entry,
    changes:
      entry.kind !== "recording"
        ? []
        : entry.rollouts.map((change) =>
            toDraft(newest, `${entry.endpointId} ${change.facts.deploymentId}`, change),
          ),
  }));
  return drafts.map(({ entry, changes }) =>
    entry.kind === "recording"
      ? { ...entry, rollouts: changes.filter(({ isReplaced }) => !isReplaced).map(toChange) }
      : entry,
  );
}

type Waiting = Required<Pick<RolloutChange, "facts" | "observation">> & {
  replaces: Instant | undefined;
  isReplaced: boolean;
};

function toDraft(newest: Map<string, Waiting>, key: string, change: RolloutChange): Waiting {
  const { facts, observation, replaces } = change;
  const former = newest.get(key);
  const isNext = replaces !== undefined && former?.observation?.at === replaces;
  if (isNext) former.isReplaced = true;
  const draft = { facts, observation, replaces: isNext ? former.replaces : replaces, isReplaced: false };
  if (observation !== null) newest.set(key, draft);
  return draft;
}

function toChange({ facts, observation, replaces }: Waiting): RolloutChange {
  return { facts, observation, ...(replaces === undefined ? {} : { replaces }) };
}

import type { RolloutDetail } from "./rollout-detail";

/** Of a shorter rollout (its points and transitions together), the whole is small. */
const leastParts = 100;

/** Where to ask for a rollout. If a long one is known already, the answer holds only what changed since. */
export function toRolloutAddress(
  path: string,
  known: { body: RolloutDetail; etag: string } | undefined,
): string {
  if (known === undefined || known.etag === "") return path;
  const { points, transitions } = known.body;
  if (points.length + transitions.length < leastParts) return path;
  return `${path}?since=${encodeURIComponent(known.etag)}`;
}

/**
 * What changed since `former`, the answer with the ETag `since`. Lists hold what follows their first `kept` entries,
 * which are as before. The last point of `former` is never kept: how long it held is no part of the ETag.
 */
export function toRolloutDelta(former: RolloutDetail, next: RolloutDetail, since: string): RolloutDetail {
  const kept = {
    points: countEqual(former.points.slice(0, -1), next.points),
    gaps: countEqual(former.gaps, next.gaps),
    transitions: countEqual(remaining(former, next), next.transitions),
    conclusions: countEqual(former.conclusions, next.conclusions),
  };
  return {
    ...next,
    points: next.points.slice(kept.points),
    gaps: next.gaps.slice(kept.gaps),
    transitions: next.transitions.slice(kept.transitions),
    conclusions: next.conclusions.slice(kept.conclusions),
    ...{ since, kept },
  };
}

/** The whole rollout, from what is known and what changed since. An answer with the whole is returned unchanged. */
export function applyRolloutDelta(known: RolloutDetail, answer: RolloutDetail): RolloutDetail {
  const { since, kept, ...next } = answer;
  if (since === undefined || kept === undefined) return answer;
  const length = kept.transitions + next.transitions.length;
  return {
    ...next,
    points: [...known.points.slice(0, kept.points), ...next.points],
    gaps: [...known.gaps.slice(0, kept.gaps), ...next.gaps],
    transitions: [
      ...remaining(known, { ...next, transitions: { length } }).slice(0, kept.transitions),
      ...next.transitions,
    ],
    conclusions: [...known.conclusions.slice(0, kept.conclusions), ...next.conclusions],
  };
}

type Counted = { transitions: { length: number }; transitionsTotal: number };

/** The known transitions without the oldest, which the next answer no longer holds. */
function remaining(known: RolloutDetail, next: Counted): RolloutDetail["transitions"] {
  const leftOut = ({ transitions, transitionsTotal }: Counted) => transitionsTotal - transitions.length;
  return known.transitions.slice(Math.max(0, leftOut(next) - leftOut(known)));
}

function countEqual(former: readonly unknown[], next: readonly unknown[]): number {
  const different = former.findIndex((each, nth) => JSON.stringify(each) !== JSON.stringify(next[nth]));
  return different === -1 ? former.length : different;
}

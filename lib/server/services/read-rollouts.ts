import "server-only";

import type { RolloutList } from "@/lib/contract/rollout-detail";
import type { RolloutCursor } from "@/lib/server/history/read";
import { rollcall } from "@/lib/server/wiring";

import { encode } from "./encoded";
import { toAge } from "./poll-hints";
import type { Answer } from "./read-endpoint";
import { toRolloutView } from "./to-rollout-view";

/** Which part of the list is asked for; a null cursor is its beginning. */
export type RolloutPage = { limit: number; cursor: RolloutCursor | null };

/** Past and present rollouts of an endpoint, newest first, a page at a time; null when it is not watched. */
export async function readRollouts(
  endpointId: string,
  page: RolloutPage,
): Promise<Answer<RolloutList> | null> {
  const { board, clock, history, schedule } = rollcall();
  const memory = board.get(endpointId);
  if (memory === undefined) return null;
  const records = await history.readRollouts(endpointId, {
    limit: page.limit + 1,
    ...(page.cursor === null ? {} : { after: page.cursor }),
  });
  const shown = records.slice(0, page.limit);
  const last = records.length > page.limit ? shown.at(-1) : undefined;
  const now = clock();
  const encoded = encode({
    rollouts: shown.map(({ facts, latest }) => toRolloutView(facts, latest, [])),
    nextCursor:
      last === undefined
        ? null
        : formatCursor({
            sortAt: last.facts.createdAt ?? last.facts.firstObservedAt,
            deploymentId: last.facts.deploymentId,
          }),
  });
  return { ...encoded, age: toAge(memory, now), nextPollIn: schedule.nextPollIn(memory, now) };
}

/** The cursor as it travels in a query string. */
function formatCursor({ sortAt, deploymentId }: RolloutCursor): string {
  return Buffer.from(`${sortAt} ${deploymentId}`).toString("base64url");
}

/** Null for anything that `formatCursor` did not make. */
export function parseCursor(text: string): RolloutCursor | null {
  const [, sortAt, deploymentId] =
    /^(-?\d{1,16}) (.{1,300})$/su.exec(Buffer.from(text, "base64url").toString("utf8")) ?? [];
  if (sortAt === undefined || deploymentId === undefined) return null;
  return { sortAt: Number(sortAt), deploymentId };
}

import "server-only";

import { rolloutListSchema, type RolloutList, type RolloutSummary } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { second } from "@/lib/domain/instant";
import { latestObservation, startOrder, type Rollout } from "@/lib/domain/rollout";
import { usualDuration } from "@/lib/domain/usual-duration";
import type { Context } from "@/lib/server/context";
import type { RolloutCursor } from "@/lib/server/db/rollouts";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import { createMemoPerChange } from "./memoize-per-change";
import { createMemoizePerPoll } from "./memoize-per-poll";
import { noConclusions, toConclusionsByDeployment } from "./conditions-of";
import { encode, type Answer, type Encoded } from "./answer";
import { toListedView, toRolloutView } from "./to-rollout-view";

/** A part of the list; a null cursor is its beginning. */
export type RolloutPage = { limit: number; cursor: RolloutCursor | null };

const memoizePerPoll = createMemoizePerPoll<RolloutList>();

/** A page of an endpoint's past and present rollouts, newest first. Throws not_found. */
export async function readRollouts(
  ctx: Context,
  { endpointId, ...page }: RolloutPage & { endpointId: string },
): Promise<Answer<RolloutList>> {
  const { limit, cursor } = page;
  const name = `${limit} ${cursor === null ? "" : formatCursor(cursor)}`;
  return memoizePerPoll(ctx, { endpointId, name }, async (endpointState) => {
    const read = () => readRecorded(ctx.history, endpointId, page);
    return makeRollouts(ctx, endpointState, page, await memoPerChange(ctx, endpointState, { name, read }));
  });
}

/** The rollouts of a page with the older ones that they are compared with, and what history says about the first. */
type Recorded = { records: readonly Rollout[]; lowest: ReadonlyMap<string, number | null> };

const memoPerChange = createMemoPerChange<Recorded>(500);

async function readRecorded(
  history: Context["history"],
  endpointId: string,
  { limit, cursor }: RolloutPage,
): Promise<Recorded> {
  const records = await history.readRollouts(endpointId, {
    limit: limit + lookBack,
    ...(cursor === null ? {} : { after: cursor }),
  });
  const ids = records.slice(0, limit).map(({ facts }) => facts.deploymentId);
  return { records, lowest: await history.readLowestGuaranteed(endpointId, ids) };
}

async function makeRollouts(
  { habits }: Context,
  endpointState: EndpointState,
  page: RolloutPage,
  { records, lowest }: Recorded,
): Promise<Encoded<RolloutList>> {
  const shown = records.slice(0, page.limit);
  const present = endpointState.picture?.rollouts.map(latestObservation) ?? [];
  const habit = await habits.readFor(endpointState, present);
  const conclusions = toConclusionsByDeployment(endpointState.picture, habit);
  const last = records.length > page.limit ? shown.at(-1) : undefined;
  return encode(rolloutListSchema, {
    rollouts: shown.map((rollout, index) => ({
      ...toListedView(
        toRolloutView(
          rollout.facts,
          latestObservation(rollout),
          conclusions.get(rollout.facts.deploymentId) ?? noConclusions,
        ),
      ),
      ...toEarlier(records.slice(index + 1, index + 1 + lookBack)),
      lowestGuaranteedReplicas: lowest.get(rollout.facts.deploymentId) ?? null,
    })),
    nextCursor:
      last === undefined
        ? null
        : formatCursor({
            sortAt: startOrder(last.facts),
            deploymentId: last.facts.deploymentId,
          }),
  });
}

/** How many older rollouts a rollout is compared with. */
export const lookBack = 10;

/** What the rollouts before one (newest first) say about it: the version that it replaces, and how long one takes. */
export function toEarlier(
  older: readonly Rollout[],
): Pick<RolloutSummary, "previousVersion" | "usualSeconds"> {
  const usual = usualDuration(older.map(toPlainView));
  return {
    previousVersion:
      older.find((rollout) => latestObservation(rollout).state.status === "done")?.facts.version ?? null,
    usualSeconds: usual === null ? null : usual / second,
  };
}

/** A rollout from history, without conclusions about the present. */
export function toPlainView(rollout: Rollout): RolloutView {
  return toRolloutView(rollout.facts, latestObservation(rollout), noConclusions);
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

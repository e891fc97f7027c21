import "server-only";

import { stringify } from "csv-stringify/sync";

import { toIso } from "@/lib/contract/instant";
import { pagePaths } from "@/lib/contract/paths";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { Instant } from "@/lib/domain/instant";
import { guaranteedReplicas } from "@/lib/domain/replicas";
import { toReceipt } from "@/lib/presentation/receipt";
import { timeLeftSentence } from "@/lib/presentation/time-left-words";
import type { Context } from "@/lib/server/context";

import { encodeText, type Answer } from "./answer";
import { isLive } from "./endpoints";
import { hasTraffic } from "./has-traffic";
import { createMemoizePerPoll } from "./memoize-per-poll";
import { readRollout, toDetail } from "./rollout-detail";
import { readTraffic } from "./traffic";
import { readTimeline } from "./rollout-timeline";

/** One rollout as Markdown, to be pasted elsewhere. Throws not_found. */
export async function readReceipt(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<Answer<string>> {
  const answer = await readRollout(ctx, { endpointId, deploymentId });
  const { rollout } = answer.body;
  const callers = hasTraffic(ctx, endpointId)
    ? (await readTraffic(ctx, { endpointId, deploymentId })).body.conclusions
    : [];
  const link = new URL(pagePaths.rollout(endpointId, deploymentId), ctx.settings.publicUrl).href;
  const text = toReceipt({
    endpointId,
    display: rollout,
    previousVersion: rollout.previousVersion,
    guaranteed: rollout.guaranteedReplicas,
    lowestGuaranteed: rollout.lowestGuaranteedReplicas,
    // What was concluded when it was last seen may no longer be true.
    conclusions: [...(isLive(ctx, endpointId) ? conclusionsOf(rollout) : []), ...callers],
    observedAt: answer.body.observedAt ?? rollout.firstObservedAt,
    link,
  });
  return { ...answer, ...encodeText(text, { "content-type": "text/markdown; charset=utf-8" }) };
}

/** What Rollcall concludes about a rollout, as sentences. */
export function conclusionsOf({
  conditions,
  timeLeft,
}: Pick<RolloutDetail["rollout"], "conditions" | "timeLeft">): string[] {
  const left = timeLeft === null ? [] : [timeLeftSentence(timeLeft)];
  return [...conditions.map(({ message }) => message), ...left];
}

const columns = [
  "from",
  "until",
  "watched",
  "status",
  "updatedReplicas",
  "totalReplicas",
  "maxUnavailable",
  "guaranteedReplicas",
  "cause",
] as const;

type Row = { from: Instant; until: Instant | null } & Partial<Record<(typeof columns)[number], unknown>>;

const memoizePerPoll = createMemoizePerPoll<string>();

/** The whole history of one rollout as CSV (RFC 4180), oldest first. Throws not_found. */
export function readSeriesCsv(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<Answer<string>> {
  return memoizePerPoll(ctx, { endpointId, name: deploymentId }, async (endpointState) => {
    const timeline = await readTimeline(ctx, endpointState, deploymentId);
    if (timeline === null) return null;
    const csv = encodeText(
      toCsv(
        toDetail(endpointState, timeline, {
          most: Number.POSITIVE_INFINITY,
          habit: await ctx.habits.read(endpointState),
        }),
      ),
      {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${toFileName(endpointId, deploymentId)}"`,
      },
    );
    return { ...csv, isStopgap: timeline.isStopgap };
  });
}

/** A count that was not reported is empty. Text that a spreadsheet would run as a formula is quoted. */
export function toCsv({ points, gaps }: Pick<RolloutDetail, "points" | "gaps">): string {
  const rows: Row[] = [
    ...points.map((point) => ({ ...point, watched: "yes", guaranteedReplicas: guaranteedReplicas(point) })),
    ...gaps.map(({ from, until, cause }) => ({ from, until, watched: "no", cause: cause?.message ?? null })),
  ];
  return stringify(
    rows
      .toSorted((a, b) => a.from - b.from)
      .map(({ from, until, ...row }) => ({
        from: toIso(from),
        until: until === null ? null : toIso(until),
        ...row,
      })),
    { columns: [...columns], header: true, record_delimiter: "windows", escape_formulas: true },
  );
}

function toFileName(endpointId: string, deploymentId: string): string {
  return `${endpointId} ${deploymentId}.csv`.replaceAll(/[^A-Za-z0-9._-]/g, "-");
}

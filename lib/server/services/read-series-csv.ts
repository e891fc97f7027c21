import "server-only";

import { stringify } from "csv-stringify/sync";

import { toIso } from "@/lib/contract/instant";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { Instant } from "@/lib/domain/instant";
import { guaranteedReplicas } from "@/lib/domain/replicas";
import { rollcall } from "@/lib/server/wiring";

import { createMemoizePerSnapshot } from "./memoize-per-snapshot";
import { encodeText } from "./encoded";
import { readTimeline } from "./read-rollout-timeline";
import type { Answer } from "./read-endpoint";
import { toDetail } from "./read-rollout";

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

const memoizePerSnapshot = createMemoizePerSnapshot<string>();

/** The whole course of one rollout as CSV (RFC 4180), oldest first; null when it or its endpoint is not known. */
export async function readSeriesCsv(
  endpointId: string,
  deploymentId: string,
): Promise<Answer<string> | null> {
  return memoizePerSnapshot(endpointId, deploymentId, async (endpointState) => {
    const timeline = await readTimeline(rollcall().history, endpointState, deploymentId);
    if (timeline === null) return null;
    const csv = encodeText(toCsv(toDetail(endpointState, timeline, Number.POSITIVE_INFINITY)), {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${toFileName(endpointId, deploymentId)}"`,
    });
    return { ...csv, isStopgap: timeline.isStopgap };
  });
}

/** What is not reported is empty. Text that a spreadsheet would run as a formula is quoted as text. */
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

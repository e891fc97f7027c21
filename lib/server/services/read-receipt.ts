import "server-only";

import { pagePaths } from "@/lib/contract/paths";
import type { RolloutSummary } from "@/lib/contract/rollout-detail";
import { toReceipt } from "@/lib/domain/receipt";
import type { RolloutNews } from "@/lib/domain/rollout-news";
import { rollcall } from "@/lib/server/wiring";

import { encodeText } from "./encoded";
import type { Answer } from "./read-endpoint";
import { readRollout } from "./read-rollout";

/** One rollout as Markdown to be pasted elsewhere; null when it or its endpoint is not known. */
export async function readReceipt(endpointId: string, deploymentId: string): Promise<Answer<string> | null> {
  const answer = await readRollout(endpointId, deploymentId);
  if (answer === null) return null;
  const { rollout } = answer.body;
  const link = new URL(pagePaths.rollout(endpointId, deploymentId), rollcall().settings.publicUrl).href;
  const text = toReceipt({
    endpointId,
    news: toNews(rollout),
    previousVersion: rollout.previousVersion,
    lowestGuaranteed: rollout.lowestGuaranteedReplicas,
    errorMessage: rollout.errorMessage,
    link,
  });
  return { ...answer, ...encodeText(text, { "content-type": "text/markdown; charset=utf-8" }) };
}

function toNews(rollout: RolloutSummary): RolloutNews {
  const firstObservedAt = Date.parse(rollout.firstObservedAt);
  const startedAt = Math.min(Date.parse(rollout.createdAt ?? rollout.firstObservedAt), firstObservedAt);
  return {
    status: rollout.status,
    reportedStatus: rollout.reportedStatus,
    updatedReplicas: rollout.updatedReplicas,
    totalReplicas: rollout.totalReplicas,
    version: rollout.version,
    startedAt,
    endedAt: rollout.endedAt === null ? null : Date.parse(rollout.endedAt),
    goneSince: rollout.noLongerReportedSince === null ? null : Date.parse(rollout.noLongerReportedSince),
    conditions: rollout.conditions.map(({ code }) => code),
  };
}

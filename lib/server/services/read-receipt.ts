import "server-only";

import { pagePaths } from "@/lib/contract/paths";
import { toReceipt } from "@/lib/presentation/receipt";
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
    display: rollout,
    previousVersion: rollout.previousVersion,
    lowestGuaranteed: rollout.lowestGuaranteedReplicas,
    observedAt: answer.body.observedAt ?? rollout.firstObservedAt,
    link,
  });
  return { ...answer, ...encodeText(text, { "content-type": "text/markdown; charset=utf-8" }) };
}

import "server-only";

import { pagePaths } from "@/lib/contract/paths";
import { toReceipt } from "@/lib/presentation/receipt";
import type { Context } from "@/lib/server/context";

import { encodeText, type Answer } from "./answer";
import { readRollout } from "./read-rollout";

/** One rollout as Markdown, to be pasted elsewhere. Throws not_found. */
export async function readReceipt(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<Answer<string>> {
  const answer = await readRollout(ctx, { endpointId, deploymentId });
  const { rollout } = answer.body;
  const link = new URL(pagePaths.rollout(endpointId, deploymentId), ctx.settings.publicUrl).href;
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

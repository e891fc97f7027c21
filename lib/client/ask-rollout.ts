import { applyRolloutDelta, toRolloutAddress } from "@/lib/contract/rollout-delta";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";

import { ask, type Answer } from "./polling";

/** Requests a rollout as `ask` does; of a long one that is known already, only what changed since. */
export async function askRollout(
  path: string,
  known: Answer<RolloutDetail> | undefined,
  signal: AbortSignal,
  token: string | null,
): Promise<Answer<RolloutDetail>> {
  const asked = toRolloutAddress(path, known);
  const answer = await ask(path, ({ rollout }) => rollout, known, signal, { token, asked });
  if (known === undefined || answer === known) return answer;
  return { ...answer, body: applyRolloutDelta(known.body, answer.body) };
}

import type { RolloutEvent, RolloutEventKind } from "../notable-event";
import { minute } from "../instant";
import { rolloutDisplay, type RolloutDisplayChange } from "./rollout-display";

const states: Partial<Record<RolloutEventKind, RolloutDisplayChange>> = {
  finished: { status: "done", updatedReplicas: 12, endedAt: 14 * minute },
  failed: { status: "error", errorMessage: "CUDA out of memory\nworker 3", endedAt: 14 * minute },
  rolling_back: { status: "rolling_back" },
  rolled_back: { status: "rolled_back", updatedReplicas: 0, endedAt: 14 * minute },
  cancelled: { status: "cancelled", endedAt: 14 * minute },
  stalled: { conditions: ["stalled"] },
  late: { conditions: ["late"] },
  regressing: { conditions: ["regressing"] },
};

/** An event about v8, which replaces v7 on acme-one, 8 minutes after it was requested. */
export function rolloutEvent(kind: RolloutEventKind, changes: Partial<RolloutEvent> = {}): RolloutEvent {
  return {
    kind,
    key: `["acme-one","d8","${kind}",840000]`,
    ...{ at: 14 * minute, notBefore: 14 * minute - 5_000 },
    ...{ endpointId: "acme-one", org: "acme", modelArch: "qwen-3-32b", deploymentId: "d8" },
    previousVersion: "7",
    display: rolloutDisplay(states[kind] ?? {}),
    conclusion:
      kind === "stalled" ? { since: 4 * minute, sentence: "No replica has moved for 10 min." } : null,
    ...changes,
  };
}

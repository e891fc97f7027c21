import "server-only";

import { minute, type Instant } from "@/lib/domain/instant";
import type { RolloutEvent } from "@/lib/domain/notable-event";

import type { Outgoing } from "./channel";

/** A made-up failure, for previews and test messages. `id` differs for each test, so that none is ignored. */
export function toExample(id: string, at: Instant, publicUrl: URL): Outgoing {
  const event: RolloutEvent = {
    ...{ kind: "failed", key: id, at, notBefore: at - 5_000, conclusion: null },
    ...{ endpointId: "rollcall-test", org: null, modelArch: null, deploymentId: id, previousVersion: "7" },
    display: {
      ...{ version: "8", status: "error", reportedStatus: "error", displayState: "error" },
      ...{ updatedReplicas: 7, totalReplicas: 12, startedAt: at - 14 * minute, endedAt: at },
      errorMessage: "This is a test of Rollcall. Nothing has failed.",
      ...{ timeLeft: null, noLongerReportedSince: null },
    },
  };
  return { id, event, link: publicUrl.href, muteLink: publicUrl.href };
}

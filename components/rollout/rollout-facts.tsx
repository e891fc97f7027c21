import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { rolloutQuery } from "@/lib/client/queries";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { smallest } from "@/lib/domain/extremes";
import { isTerminal } from "@/lib/domain/rollout-status";
import { guaranteeText } from "@/lib/presentation/count";
import { versionName, versionText } from "@/lib/presentation/version";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** A rollout's versions, times, limits and id, in one quiet line. `former` is the version that it replaces. */
export function RolloutFacts({ rollout, former }: { rollout: RolloutView; former: string | null }) {
  const { createdAt, deploymentId, startedAt, version, versionAlias } = rollout;
  const lowest = useLowest(rollout);
  return (
    // As many lines on a phone as it takes once the rollout has ended, so that nothing below moves.
    <p className="mt-3 flex flex-wrap content-start items-baseline gap-x-4 text-caption text-quiet max-sm:min-h-[4lh] sm:gap-x-0">
      <span className="text-ink">
        {former !== null && (
          <>
            <Verbatim text={versionName(former)} />
            <span>{" → "}</span>
          </>
        )}
        <Verbatim text={versionText(version)} />
      </span>
      {versionAlias !== null && versionAlias !== version && (
        <Fact>
          <span className="font-mono">
            <Verbatim text={versionAlias} />
          </span>
        </Fact>
      )}
      {rollout.status === "unknown" && rollout.reportedStatus !== null && (
        <Fact>
          {"reported status "}
          <span className="font-mono">
            <Verbatim text={rollout.reportedStatus} />
          </span>
        </Fact>
      )}
      <Fact>
        <span>{createdAt === null ? "first seen " : "started "}</span>
        <Moment at={startedAt} form="exact" />
      </Fact>
      <End rollout={rollout} />
      <Fact>{guaranteeText(rollout, lowest)}</Fact>
      <Fact>
        <span className="mr-2 font-mono" title={deploymentId}>
          <Verbatim text={shortId(deploymentId)} />
        </span>
        <CopyButton text={deploymentId} what="the deployment id" />
      </Fact>
    </p>
  );
}

/** The fewest guaranteed replicas until now. What the endpoint reports may be newer than what is recorded. */
function useLowest({ deploymentId, guaranteedReplicas }: RolloutView): number | null {
  const { data } = useQuery(rolloutQuery(useApiScope(), deploymentId));
  // A rollout whose course has not arrived yet has just begun.
  if (data === undefined) return guaranteedReplicas;
  const recorded = data.body.rollout.lowestGuaranteedReplicas ?? null;
  return recorded === null ? null : smallest([recorded, guaranteedReplicas ?? recorded]);
}

function End({ rollout: { endedAt, status } }: { rollout: RolloutView }) {
  if (endedAt !== null) {
    return (
      <Fact>
        {"ended "}
        <Moment at={endedAt} form="exact" />
      </Fact>
    );
  }
  return isTerminal(status) ? <Fact>its end was not seen</Fact> : null;
}

/** One fact after others. A phone has several lines of them, at whose ends a dot would stand. */
function Fact({ children }: { children: ReactNode }) {
  return (
    <span className="max-w-full break-words">
      <span className="max-sm:sr-only">{"\u00a0· "}</span>
      {children}
    </span>
  );
}

const shownOfId = 8;

function shortId(id: string): string {
  return id.length <= shownOfId + 2 ? id : `${id.slice(0, shownOfId).toWellFormed()}…`;
}

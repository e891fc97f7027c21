import type { ReactNode } from "react";

import { toInstant, toInstantOrNull } from "@/lib/client/to-news";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { versionName } from "@/lib/domain/rollout-news";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** The captions of a rollout: from which version to which, and on what terms. */
export function RolloutFacts({ rollout, former }: { rollout: RolloutView; former: string | null }) {
  const createdAt = toInstantOrNull(rollout.createdAt);
  const endedAt = toInstantOrNull(rollout.endedAt);
  const firstObservedAt = toInstant(rollout.firstObservedAt);
  return (
    <dl className="mt-8 flex flex-wrap gap-x-10 gap-y-4">
      <Fact name="Version">
        {former === null ? "" : `${versionName(former)} → `}
        <Verbatim text={rollout.version === null ? "not reported" : versionName(rollout.version)} />
        {rollout.versionAlias !== null && rollout.versionAlias !== rollout.version && (
          <span className="ml-2 font-mono text-caption text-quiet">
            <Verbatim text={rollout.versionAlias} />
          </span>
        )}
      </Fact>
      <Fact name="Guaranteed replicas">{rollout.guaranteedReplicas ?? "not reported"}</Fact>
      <Fact name="Max unavailable">{rollout.maxUnavailable ?? "not reported"}</Fact>
      <Fact name={createdAt === null ? "First seen" : "Started"}>
        <Moment at={createdAt ?? firstObservedAt} form="exact" />
      </Fact>
      {endedAt !== null && (
        <Fact name={endedAt > firstObservedAt ? "Ended" : "Ended before"}>
          <Moment at={endedAt} form="exact" />
        </Fact>
      )}
      <Fact name="Deployment">
        <span className="mr-3 font-mono text-caption break-all">
          <Verbatim text={rollout.deploymentId} />
        </span>
        <CopyButton text={rollout.deploymentId} what="the deployment id" />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-quiet">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

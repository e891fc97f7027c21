import type { ReactNode } from "react";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { isTerminal } from "@/lib/domain/rollout-status";
import { countText } from "@/lib/presentation/count";
import { versionName, versionText } from "@/lib/presentation/version";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** The facts of a rollout: versions, limits, times and id. */
export function RolloutFacts({ rollout, former }: { rollout: RolloutView; former: string | null }) {
  const { createdAt, endedAt, firstObservedAt } = rollout;
  return (
    <dl className="mt-8 grid grid-cols-2 gap-x-6 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-10">
      <Fact name="Version">
        {former !== null && (
          <span>
            <Verbatim text={versionName(former)} />
            {" → "}
          </span>
        )}
        <Verbatim text={versionText(rollout.version)} />
        {rollout.versionAlias !== null && rollout.versionAlias !== rollout.version && (
          <span className="ml-2 font-mono text-caption text-quiet">
            <Verbatim text={rollout.versionAlias} />
          </span>
        )}
      </Fact>
      {rollout.status === "unknown" && rollout.reportedStatus !== null && (
        <Fact name="Reported status" room="id">
          <span className="font-mono text-caption break-words">
            <Verbatim text={rollout.reportedStatus} />
          </span>
        </Fact>
      )}
      <Fact name="Guaranteed replicas">{countText(rollout.guaranteedReplicas)}</Fact>
      <Fact name="Max unavailable">{countText(rollout.maxUnavailable)}</Fact>
      <Fact name={createdAt === null ? "First seen" : "Started"} room="moment">
        <Moment at={createdAt ?? firstObservedAt} form="exact" />
      </Fact>
      <Fact name="Ended" room="moment">
        {endedAt === null ? missingEnd(rollout) : <Moment at={endedAt} form="exact" />}
      </Fact>
      <Fact name="Deployment" room="id">
        <span className="mr-3 font-mono text-caption break-all">
          <Verbatim text={rollout.deploymentId} />
        </span>
        <CopyButton text={rollout.deploymentId} what="the deployment id" />
      </Fact>
    </dl>
  );
}

function missingEnd({ status }: RolloutView): string {
  return isTerminal(status) ? "unknown" : "not yet";
}

const roomFor = {
  moment: "sm:min-w-[6.5em]",
  id: "col-span-2 min-w-0 sm:min-w-[min(100%,22em)]",
  text: "min-w-0",
};

type FactProps = { name: string; room?: keyof typeof roomFor; children: ReactNode };

/** `room` reserves the width of the longest form of a value, so that nothing moves. */
function Fact({ name, room = "text", children }: FactProps) {
  return (
    <div className={roomFor[room]}>
      <dt className="text-caption text-quiet">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

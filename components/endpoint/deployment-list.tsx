import { clsx } from "clsx";

import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { countsText, notReported } from "@/lib/presentation/count";
import { displayStateWord } from "@/lib/presentation/state-words";
import { versionText } from "@/lib/presentation/version";

import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { StateShape } from "../ui/state-shape";
import { Cell, HeaderCell, Table } from "../ui/table";
import { Verbatim } from "../ui/verbatim";

/** Every deployment that the API lists, newest first. */
export function DeploymentList({ view }: { view: EndpointView }) {
  if (view.rollouts.length === 0) return null;
  return (
    <Section name="Deployments">
      <Table
        label="Deployments"
        head={
          <>
            <HeaderCell>Version</HeaderCell>
            <HeaderCell>Status</HeaderCell>
            <HeaderCell>Replicas</HeaderCell>
            <HeaderCell>Requested</HeaderCell>
          </>
        }
      >
        {view.rollouts.map((rollout) => (
          <DeploymentRow
            key={rollout.deploymentId}
            rollout={rollout}
            isCurrent={rollout.deploymentId === view.current}
          />
        ))}
      </Table>
    </Section>
  );
}

function DeploymentRow({ rollout, isCurrent }: { rollout: RolloutView; isCurrent: boolean }) {
  const { createdAt, displayState } = rollout;
  return (
    <tr data-state={displayState} title={rollout.deploymentId}>
      <Cell>
        <span className={isCurrent ? "font-semibold" : undefined}>
          <Verbatim text={versionText(rollout.version)} />
        </span>
        <Alias rollout={rollout} />
      </Cell>
      <Cell>
        <span className="inline-flex items-center gap-2 whitespace-nowrap text-state">
          <StateShape of={displayState} className="size-4" />
          <span>{displayStateWord(displayState)}</span>
        </span>
      </Cell>
      <Cell>
        <span className="whitespace-nowrap">{countsText(rollout)}</span>
      </Cell>
      <Cell>{createdAt === null ? notReported : <Moment at={createdAt} />}</Cell>
    </tr>
  );
}

const shortAlias = 40;

function Alias({ rollout }: { rollout: RolloutView }) {
  const { versionAlias: alias, version } = rollout;
  if (alias === null || alias === version) return null;
  return (
    <span
      className={clsx(
        "font-mono text-caption text-quiet",
        alias.length <= shortAlias
          ? "whitespace-nowrap max-sm:block sm:ml-2"
          : "line-clamp-3 max-w-80 break-words",
      )}
    >
      <Verbatim text={alias} />
    </span>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { rolloutsQuery } from "@/lib/client/queries";
import { pagePaths } from "@/lib/contract/paths";
import type { RolloutSummary } from "@/lib/contract/rollout-detail";
import { countText } from "@/lib/presentation/count";
import { formatDuration } from "@/lib/presentation/duration";
import { displayStateWord } from "@/lib/presentation/state-words";
import { versionChange } from "@/lib/presentation/version";

import { Moment } from "../ui/moment";
import { Section } from "../ui/section";
import { StateShape } from "../ui/state-shape";
import { Cell, HeaderCell, Table } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

/** Every recorded rollout of an endpoint, newest first, each linked to its page. */
export function PastRollouts({ endpointId }: { endpointId: string }) {
  const { data } = useQuery(rolloutsQuery(endpointId, null));
  if (data === undefined || data.body.rollouts.length === 0) return null;
  return (
    <Section name="All rollouts">
      <Table
        label="All rollouts"
        head={
          <>
            <HeaderCell>Versions</HeaderCell>
            <HeaderCell>Outcome</HeaderCell>
            <HeaderCell>Started</HeaderCell>
            <HeaderCell isMinor>Duration</HeaderCell>
            <HeaderCell isMinor>Lowest guaranteed</HeaderCell>
          </>
        }
      >
        <Rows endpointId={endpointId} cursor={null} />
      </Table>
    </Section>
  );
}

/** One page of the list, with a button that loads the next one. */
function Rows({ endpointId, cursor }: { endpointId: string; cursor: string | null }) {
  const { data, error } = useQuery(rolloutsQuery(endpointId, cursor));
  const [isMore, setIsMore] = useState(false);
  const next = data?.body.nextCursor ?? null;
  return (
    <>
      {data?.body.rollouts.map((rollout) => (
        <Row key={rollout.deploymentId} endpointId={endpointId} rollout={rollout} />
      ))}
      {data === undefined && <Whole>{error?.message ?? "Loading history."}</Whole>}
      {next !== null && !isMore && (
        <Whole>
          <TextButton onClick={() => setIsMore(true)}>Show earlier rollouts</TextButton>
        </Whole>
      )}
      {next !== null && isMore && <Rows endpointId={endpointId} cursor={next} />}
    </>
  );
}

function Whole({ children }: { children: React.ReactNode }) {
  return (
    <tr>
      <td colSpan={5} className="border-t border-line py-3 text-caption text-quiet">
        {children}
      </td>
    </tr>
  );
}

function Row({ endpointId, rollout }: { endpointId: string; rollout: RolloutSummary }) {
  const { displayState, startedAt, endedAt } = rollout;
  const { previousVersion: from, errorMessage } = rollout;
  return (
    <tr data-state={displayState}>
      <Cell>
        <a
          href={pagePaths.rollout(endpointId, rollout.deploymentId)}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          <Verbatim text={versionChange(from, rollout.version)} />
        </a>
        {errorMessage !== null && (
          <span className="line-clamp-2 max-w-[32rem] text-caption break-words text-quiet">
            <Verbatim text={errorMessage} />
          </span>
        )}
      </Cell>
      <Cell>
        <span className="inline-flex items-center gap-2 whitespace-nowrap text-state">
          <StateShape of={displayState} className="size-4" />
          <span>{displayStateWord(displayState)}</span>
        </span>
      </Cell>
      <Cell>
        <Moment at={startedAt} />
      </Cell>
      <Cell isMinor>{endedAt === null ? "" : formatDuration(endedAt - startedAt)}</Cell>
      <Cell isMinor>{countText(rollout.lowestGuaranteedReplicas)}</Cell>
    </tr>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState, type SyntheticEvent } from "react";

import { rolloutsQuery } from "@/lib/client/queries";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useApiScope } from "@/lib/client/use-api-scope";
import { toRolloutRows } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutSummary } from "@/lib/contract/rollout-detail";

import { PushButton } from "../ui/push-button";
import { Section } from "../ui/section";
import { TextButton } from "../ui/text-button";
import { ListedMark, RolloutHead, RolloutRow, type RolloutColumns } from "./rollout-row";

const none: RolloutSummary[] = [];

/**
 * Every rollout of an endpoint, listed by Cerebras or only recorded, newest first. Each leads to its page, and two
 * ticked ones are compared; that is a form, which works without scripts.
 */
export function RolloutList({ view }: { view: EndpointView }) {
  const isGuest = useApiScope().token !== null;
  return isGuest ? <List view={view} recorded={none} formId={null} /> : <RecordedList view={view} />;
}

function RecordedList({ view }: { view: EndpointView }) {
  const endpointId = view.endpoint.id;
  const { data } = useQuery(rolloutsQuery(endpointId, null));
  const formId = useId();
  const next = data?.body.nextCursor ?? null;
  return (
    <List view={view} recorded={data?.body.rollouts ?? none} formId={formId}>
      {(columns) => next !== null && <Earlier view={view} cursor={next} columns={columns} />}
    </List>
  );
}

type ListProps = {
  view: EndpointView;
  /** The newest rollouts in history. */
  recorded: RolloutSummary[];
  /** The form that compares two; null for guests. */
  formId: string | null;
  /** The rows after these. */
  children?: (columns: RolloutColumns) => React.ReactNode;
};

function List({ view, recorded, formId, children }: ListProps) {
  const rows = toRolloutRows(view, recorded);
  const [ticked, setTicked] = useState(0);
  const columns = { formId: rows.length > 1 ? formId : null, hasLowest: isVarying(rows) };
  const count = ({ currentTarget }: SyntheticEvent<HTMLElement>) =>
    setTicked(currentTarget.querySelectorAll("input:checked").length);
  if (rows.length === 0) return null;
  return (
    <Section name="Rollouts">
      <div className="@container max-w-[76rem]" onChange={count}>
        <table aria-label="Rollouts" className="block">
          <RolloutHead columns={columns} />
          {/* A new rollout makes a new list; screen readers do not hear that the others moved. */}
          <tbody key={rows[0]?.deploymentId} className="block">
            {rows.map((rollout) => (
              <RolloutRow
                key={rollout.deploymentId}
                rollout={rollout}
                isCurrent={rollout.deploymentId === view.current}
                columns={columns}
              />
            ))}
            {children?.(columns)}
          </tbody>
        </table>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2 text-caption text-quiet">
        {columns.formId !== null && <CompareForm id={columns.formId} ticked={ticked} />}
        <p className="flex items-center gap-2">
          <ListedMark />
          <span>Listed by Cerebras</span>
        </p>
      </div>
    </Section>
  );
}

/** The earlier rollouts: a button, and once it's pressed their rows. */
function Earlier({ view, cursor, columns }: { view: EndpointView; cursor: string; columns: RolloutColumns }) {
  const [isOpen, setIsOpen] = useState(false);
  return isOpen ? (
    <EarlierRows view={view} cursor={cursor} columns={columns} />
  ) : (
    <Whole>
      <TextButton onClick={() => setIsOpen(true)}>Show earlier rollouts</TextButton>
    </Whole>
  );
}

function EarlierRows({
  view,
  cursor,
  columns,
}: {
  view: EndpointView;
  cursor: string;
  columns: RolloutColumns;
}) {
  const { data, error } = useQuery(rolloutsQuery(view.endpoint.id, cursor));
  if (data === undefined) return <Whole>{error?.message ?? "Loading history."}</Whole>;
  const { rollouts, nextCursor } = data.body;
  return (
    <>
      {toRolloutRows({ rollouts: none }, rollouts).map((rollout) => (
        <RolloutRow key={rollout.deploymentId} rollout={rollout} isCurrent={false} columns={columns} />
      ))}
      {nextCursor !== null && <Earlier view={view} cursor={nextCursor} columns={columns} />}
    </>
  );
}

function Whole({ children }: { children: React.ReactNode }) {
  return (
    <tr className="block">
      <td className="block border-t border-line py-3 text-caption text-quiet">{children}</td>
    </tr>
  );
}

/** Sends both ticked rollouts to the endpoint's page, which leads to their comparison. */
function CompareForm({ id, ticked }: { id: string; ticked: number }) {
  const isHydrated = useHydrated();
  const { pages } = useApiScope();
  return (
    <form id={id} method="get" action={pages.endpoint} className="flex items-center gap-3">
      <PushButton type="submit" disabled={isHydrated && ticked !== 2} className="px-3 py-1 text-caption">
        Compare
      </PushButton>
      <span>
        {ticked > 2 ? "Two are compared: untick the others." : "Tick two rollouts to compare them."}
      </span>
    </form>
  );
}

/** Whether the guaranteed replicas differ between rollouts; the same number in each row says nothing. */
function isVarying(rollouts: readonly RolloutSummary[]): boolean {
  const lowest = rollouts.flatMap(({ lowestGuaranteedReplicas }) => lowestGuaranteedReplicas ?? []);
  return new Set(lowest).size > 1;
}

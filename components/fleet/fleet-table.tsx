import { useMemo, type ReactNode } from "react";

import { arrangeFleet, type FleetGroup } from "@/lib/domain/arrange-fleet";
import type { FleetChoice } from "@/lib/domain/fleet-choice";
import { holdArrangement } from "@/lib/domain/hold-order";

import { Verbatim } from "../ui/verbatim";
import { Chevron } from "../ui/chevron";
import { ChoiceLink } from "./choice-link";
import { FleetHead, FleetRow } from "./fleet-row";
import { LongFleetRows } from "./long-fleet-rows";
import { Slide } from "./slide";
import { toRow, type Line } from "./to-lines";
import type { ChangeChoice } from "./use-fleet-choice";
import { useHeld } from "./use-held";

/** Longer lists are virtualized. */
const mostWhole = 150;

/**
 * The matching endpoints, under the names of their groups, and `children` below, which slide with them. Nothing is sorted
 * again while the viewer points at it.
 */
export function FleetTable({
  lines,
  choice,
  change,
  children,
}: {
  lines: readonly Line[];
  choice: FleetChoice;
  change: ChangeChoice;
  children: ReactNode;
}) {
  const arranged = useMemo(() => arrangeFleet(lines, choice), [lines, choice]);
  const [held, holding] = useHeld(arranged, choice);
  const { groups, folded } = useMemo(
    () => (held === null ? arranged : holdArrangement(held, arranged, lines)),
    [held, arranged, lines],
  );
  if (groups.length === 0)
    return (
      <>
        <NoMatch count={lines.length} choice={choice} change={change} />
        {children}
      </>
    );
  const label = (name: string | null) =>
    choice.group === "none" ? "Endpoints" : `Endpoints of ${name ?? "an unreported name"}`;
  return (
    <div {...holding}>
      <Slide order={groups} choice={choice}>
        {groups.map((group) => (
          <section key={group.name ?? ""} className={choice.group === "none" ? undefined : "pb-8"}>
            {choice.group !== "none" && (
              <h2 className="pb-1 text-lead">
                <Verbatim text={group.name ?? "Not reported"} />{" "}
                <span className="text-quiet">{group.lines.length}</span>
              </h2>
            )}
            <GroupTable label={label(group.name)} group={group} isDense={choice.density === "dense"} />
          </section>
        ))}
        <div data-slide="">
          {(folded.length > 0 || choice.quiet === "all") && (
            <ChoiceLink
              choice={choice}
              change={change}
              part={{ quiet: choice.quiet === "all" ? "some" : "all" }}
              className="flex min-h-9 items-center gap-2 border-b border-line text-quiet hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2"
            >
              {choice.quiet === "all" ? "Show fewer quiet endpoints" : foldText(folded)}
              <Chevron isUp={choice.quiet === "all"} />
            </ChoiceLink>
          )}
          {children}
        </div>
      </Slide>
    </div>
  );
}

function GroupTable({ label, group, isDense }: { label: string; group: FleetGroup<Line>; isDense: boolean }) {
  const { lines } = group;
  const isLong = lines.length > mostWhole;
  return (
    <div role="table" aria-label={label} aria-rowcount={isLong ? lines.length + 1 : undefined}>
      <FleetHead />
      {isLong ? (
        <LongFleetRows lines={lines} isDense={isDense} />
      ) : (
        <div role="rowgroup" className="border-b border-line">
          {lines.map((line) => (
            <FleetRow key={line.id} {...toRow(line)} isDense={isDense} />
          ))}
        </div>
      )}
    </div>
  );
}

function foldText(folded: readonly Line[]): string {
  const isSeen = folded.every(({ freshness }) => freshness.state === "live");
  return isSeen ? `and ${folded.length} quiet` : `and ${folded.length} that were quiet when last seen`;
}

function NoMatch({ count, choice, change }: { count: number; choice: FleetChoice; change: ChangeChoice }) {
  return (
    <div className="border-y border-line py-10">
      <p className="text-lead">No endpoints match your search and filters.</p>
      <p className="mt-2">
        <ChoiceLink
          choice={choice}
          change={change}
          part={{ search: "", status: null, org: "", arch: "" }}
          className="inline-block py-1 text-caption text-quiet underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink"
        >
          {count === 1 ? "Show the only endpoint" : `Show all ${count}`}
        </ChoiceLink>
      </p>
    </div>
  );
}

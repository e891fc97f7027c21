import type { FleetGroup } from "@/lib/domain/arrange-fleet";
import type { FleetChoice } from "@/lib/domain/fleet-choice";

import { Verbatim } from "../ui/verbatim";
import { FleetRow } from "./fleet-row";
import { LongFleetLines } from "./long-fleet-lines";
import { toRow, type Line } from "./to-lines";

/** Longer lists are virtualized. */
const mostWhole = 150;

/** The matching endpoints, under the names of their groups. */
export function FleetList({ groups, choice }: { groups: readonly FleetGroup<Line>[]; choice: FleetChoice }) {
  const isGrouped = choice.group !== "none";
  const isDense = choice.density === "dense";
  return groups.map(({ name, lines }) => {
    const label = isGrouped ? `Endpoints of ${name ?? "an unreported name"}` : "Endpoints";
    return (
      <section key={name ?? ""} className={isGrouped ? "pb-8" : undefined}>
        {isGrouped && (
          <h2 className="pb-2 text-lead">
            <Verbatim text={name ?? "Not reported"} /> <span className="text-quiet">{lines.length}</span>
          </h2>
        )}
        {lines.length > mostWhole ? (
          <LongFleetLines label={label} lines={lines} isDense={isDense} />
        ) : (
          <ul aria-label={label} className="border-b border-line">
            {lines.map((line) => (
              <FleetRow key={line.id} {...toRow(line)} isDense={isDense} />
            ))}
          </ul>
        )}
      </section>
    );
  });
}

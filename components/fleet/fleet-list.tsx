import type { FleetGroup } from "@/lib/domain/arrange-fleet";
import type { FleetChoice } from "@/lib/domain/fleet-choice";

import { Verbatim } from "../ui/verbatim";
import { FleetRow } from "./fleet-row";
import type { Line } from "./to-lines";

/** The chosen endpoints, one line each, under the names of their groups. */
export function FleetList({ groups, choice }: { groups: readonly FleetGroup<Line>[]; choice: FleetChoice }) {
  const isGrouped = choice.group !== "none";
  return groups.map(({ name, lines }) => (
    <section key={name ?? ""} className={isGrouped ? "pb-8" : undefined}>
      {isGrouped && (
        <h2 className="pb-2 text-lead">
          <Verbatim text={name ?? "Not reported"} /> <span className="text-quiet">{lines.length}</span>
        </h2>
      )}
      <ul
        aria-label={isGrouped ? `Endpoints of ${name ?? "no reported name"}` : "Endpoints"}
        className="border-b border-line"
      >
        {lines.map(({ id, standing, view }) => (
          <FleetRow
            key={id}
            standing={standing}
            endpointId={id}
            rollouts={view.rollouts}
            current={view.current}
            sight={view.freshness.state}
            isSeen={view.freshness.observedAt !== null}
            isDense={choice.density === "dense"}
          />
        ))}
      </ul>
    </section>
  ));
}

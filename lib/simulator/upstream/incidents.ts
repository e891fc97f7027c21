import type { Simulation } from "../simulation";
import type { Answer } from "./answer";
import { json } from "./answer";

/** GET /api/v2/incidents/unresolved.json: what a public status page reports, in Statuspage's shape, without any key. */
export function unresolvedIncidents(simulation: Simulation): Answer {
  const page = {
    id: "simulated",
    name: "Simulated status",
    url: "https://stspg.example",
    time_zone: "Etc/UTC",
  };
  return json({ page, incidents: simulation.statusPage.incidents() });
}

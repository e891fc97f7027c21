import type { JsonValue } from "./json";
import { seededUuid } from "./random";
import type { OpenIncident } from "./scenario";

/** The open incidents that the status page reports: those of the scenario, or others set by hand. */
export class StatusPage {
  #incidents: readonly JsonValue[] = [];

  /** Serves these entries verbatim. */
  set(incidents: readonly JsonValue[]): void {
    this.#incidents = incidents;
  }

  incidents(): readonly JsonValue[] {
    return this.#incidents;
  }
}

/** An incident as a page made with Statuspage lists it. `startedAtMs`: epoch ms of the scenario's start. */
export function wireIncident(incident: OpenIncident, startedAtMs: number): JsonValue {
  const at = new Date(startedAtMs - incident.startedAgoMs).toISOString();
  const id = seededUuid(incident.name).slice(0, 12);
  return {
    ...{ id, name: incident.name, status: incident.status, impact: incident.impact },
    ...{ created_at: at, updated_at: at, started_at: at, monitoring_at: null, resolved_at: null },
    shortlink: `https://stspg.example/${id}`,
    page_id: "simulated",
    incident_updates: [],
    components: [],
  };
}

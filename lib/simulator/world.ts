import type { VirtualClock } from "./clock";
import type { JsonObject, JsonValue } from "./json";
import { isJsonObject } from "./json";
import type {
  Deployment,
  OpenIncident,
  PastOutage,
  Recurring,
  Scenario,
  ScenarioEndpoint,
  ScriptedDeployment,
  Stage,
} from "./scenario";
import { stateAt } from "./script";
import { wireIncident } from "./status-page";

/** An endpoint as the simulator holds it: its script, and the wire fields that were set by hand. */
export type EndpointRecord = ScenarioEndpoint & { readonly patches: ReadonlyMap<string, JsonObject> };

/** The organizations and endpoints of one running scenario. Times are virtual milliseconds. */
export class World {
  readonly pastOutages: readonly PastOutage[];
  readonly #incidents: readonly OpenIncident[];
  readonly #orgs: Set<string>;
  readonly #endpoints = new Map<string, EndpointRecord>();
  readonly #clock: VirtualClock;

  constructor(stage: Stage, clock: VirtualClock) {
    this.pastOutages = stage.pastOutages ?? [];
    this.#incidents = stage.incidents ?? [];
    this.#orgs = new Set(stage.orgs);
    this.#clock = clock;
    for (const endpoint of stage.endpoints) this.put(endpoint);
  }

  hasOrg(org: string): boolean {
    return this.#orgs.has(org);
  }

  orgs(): string[] {
    return [...this.#orgs];
  }

  /** What the status page reports from the start. */
  incidents(): JsonValue[] {
    return this.#incidents.map((incident) => wireIncident(incident, this.#clock.startedAtMs));
  }

  endpoints(): EndpointRecord[] {
    return [...this.#endpoints.values()];
  }

  endpoint(id: string): EndpointRecord | undefined {
    return this.#endpoints.get(id);
  }

  /** Adds an endpoint or replaces it whole, and drops what was set by hand. */
  put(endpoint: ScenarioEndpoint): void {
    this.#orgs.add(endpoint.org);
    this.#endpoints.set(endpoint.id, { ...endpoint, patches: new Map() });
  }

  remove(id: string): boolean {
    return this.#endpoints.delete(id);
  }

  /** Puts a deployment on top of the list. */
  addDeployment(endpoint: EndpointRecord, deployment: Deployment): void {
    const deployments = [deployment, ...endpoint.deployments];
    this.#endpoints.set(endpoint.id, { ...endpoint, deployments });
  }

  /** Sets wire fields of a deployment by hand; they stay so whatever the script says. */
  patch(endpoint: EndpointRecord, deploymentId: string, fields: JsonObject): void {
    const patched = { ...endpoint.patches.get(deploymentId), ...fields };
    const patches = new Map(endpoint.patches).set(deploymentId, patched);
    this.#endpoints.set(endpoint.id, { ...endpoint, patches });
  }

  /** One deployment as served at `virtualMs`. */
  wireDeployment(endpoint: EndpointRecord, deployment: Deployment, virtualMs: number): JsonValue {
    const wire = deployment.kind === "raw" ? deployment.value : this.#scriptedWire(deployment, virtualMs);
    if (!isJsonObject(wire)) return wire;
    const id = wire["id"];
    return { ...wire, ...(typeof id === "string" ? endpoint.patches.get(id) : undefined) };
  }

  /** Every listed deployment as served at `virtualMs`. */
  wireDeployments(endpoint: EndpointRecord, virtualMs: number): JsonValue[] {
    return deploymentsAt(endpoint, virtualMs).map((one) => this.wireDeployment(endpoint, one, virtualMs));
  }

  /** When the endpoint was last updated: as given, or the newest scripted deployment's `created`. */
  updated(endpoint: EndpointRecord, virtualMs: number): JsonValue {
    if (endpoint.updated !== undefined) return endpoint.updated;
    const starts = deploymentsAt(endpoint, virtualMs).flatMap((one) =>
      one.kind === "scripted" ? [this.#seconds(one.startsAtMs)] : [],
    );
    return starts.length === 0 ? endpoint.created : Math.max(...starts);
  }

  #scriptedWire(deployment: ScriptedDeployment, virtualMs: number): JsonObject {
    const state = stateAt(deployment.script, virtualMs - deployment.startsAtMs);
    return {
      id: deployment.id,
      model: deployment.model,
      version_alias: deployment.versionAlias,
      created: this.#seconds(deployment.startsAtMs),
      ...(state.status === undefined ? {} : { rollout_status: state.status }),
      ...(state.updated === undefined ? {} : { updated_replicas: state.updated }),
      ...(state.total === undefined ? {} : { total_replicas: state.total }),
      ...(state.maxUnavailable === undefined ? {} : { max_unavailable: state.maxUnavailable }),
      ...(state.errorMessage === undefined ? {} : { error_message: state.errorMessage }),
    };
  }

  #seconds(virtualMs: number): number {
    return Math.floor(this.#clock.realAt(virtualMs) / 1000);
  }
}

/** Builds the world of a scenario that starts now. */
export function buildWorld(scenario: Scenario, seed: number, clock: VirtualClock): World {
  return new World(scenario.build({ seed, startedAtMs: clock.startedAtMs }), clock);
}

/** The deployments listed at `virtualMs`, newest first. */
function deploymentsAt(endpoint: ScenarioEndpoint, virtualMs: number): Deployment[] {
  return deploymentsBetween(endpoint, virtualMs, virtualMs).slice(0, endpoint.listed);
}

/** The deployments listed at some moment of the span, newest first. */
export function deploymentsBetween(endpoint: ScenarioEndpoint, fromMs: number, toMs: number): Deployment[] {
  const given = endpoint.deployments.filter((one) => one.kind === "raw" || one.startsAtMs <= toMs);
  if (endpoint.recurring === undefined) return given;
  const startOf = (one: Deployment): number => (one.kind === "raw" ? 0 : one.startsAtMs);
  return [...given, ...recurringBetween(endpoint.recurring, fromMs, toMs)].sort(
    (one, other) => startOf(other) - startOf(one),
  );
}

function recurringBetween(recurring: Recurring, fromMs: number, toMs: number): Deployment[] {
  const numberAt = (virtualMs: number): number =>
    Math.floor((virtualMs - recurring.startMs) / recurring.periodMs);
  const oldest = Math.max(0, numberAt(fromMs) - recurring.keep + 1);
  const newest = numberAt(toMs);
  return Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, index) =>
    recurring.make(newest - index),
  );
}

import type { VirtualClock } from "./clock";
import type { JsonValue } from "./json";
import { isJsonObject, toText } from "./json";
import type { ScriptedDeployment } from "./scenario";
import { stepTimes } from "./script";
import type { EndpointRecord, World } from "./world";
import { deploymentsBetween } from "./world";

/** A change of what a deployment reports. `at` is the real instant (epoch ms) from which it was served. */
export type Change = {
  readonly at: number;
  readonly endpointId: string;
  readonly deploymentId: string;
  readonly status: JsonValue;
  readonly updated: JsonValue;
  readonly by: "script" | "hand";
};

const KEPT = 100_000;

/** Remembers when each change became visible; scripted ones are computed from the clock, not polled. */
export class ChangeLog {
  #changes: Change[] = [];
  #collectedUntilMs = 0;

  /** Virtual ms up to which (inclusive) scripted changes were taken in. */
  get collectedUntilMs(): number {
    return this.#collectedUntilMs;
  }

  /** Takes in every scripted change up to now. Must run before the world or its scripts are altered. */
  collect(world: World, clock: VirtualClock): void {
    const untilMs = clock.now();
    const found = world
      .endpoints()
      .flatMap((endpoint) => this.#between(world, clock, endpoint, this.#collectedUntilMs, untilMs));
    for (const change of found.sort((one, other) => one.at - other.at)) this.#add(change);
    this.#collectedUntilMs = Math.max(this.#collectedUntilMs, untilMs);
  }

  /** Records a manual change at `at` (epoch ms), from the deployment as it is now served. */
  note(at: number, endpointId: string, wire: JsonValue): void {
    this.#add(toChange(at, endpointId, wire, "hand"));
  }

  /** Changes at or after `since` (epoch ms), oldest first. */
  list(since: number): Change[] {
    return this.#changes.filter((change) => change.at >= since);
  }

  #add(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length > KEPT * 1.1) this.#changes = this.#changes.slice(-KEPT);
  }

  #between(
    world: World,
    clock: VirtualClock,
    endpoint: EndpointRecord,
    fromMs: number,
    toMs: number,
  ): Change[] {
    return deploymentsBetween(endpoint, fromMs, toMs).flatMap((deployment) => {
      if (deployment.kind === "raw") return [];
      const changes = visibleTimes(world, endpoint, deployment, fromMs, toMs).map(({ virtualMs, wire }) =>
        toChange(clock.realAt(virtualMs), endpoint.id, wire, "script"),
      );
      // Of several in one instant (a jump, a high speed) only the last was ever served.
      return changes.filter((change, index) => change.at !== changes[index + 1]?.at);
    });
  }
}

type Visible = { readonly virtualMs: number; readonly wire: JsonValue };

/** The moments in (from, to] at which what is served differs from just before. */
function visibleTimes(
  world: World,
  endpoint: EndpointRecord,
  deployment: ScriptedDeployment,
  fromMs: number,
  toMs: number,
): Visible[] {
  return stepTimes(deployment.script)
    .map((atMs) => deployment.startsAtMs + atMs)
    .filter((virtualMs) => virtualMs > fromMs && virtualMs <= toMs)
    .map((virtualMs) => ({ virtualMs, wire: world.wireDeployment(endpoint, deployment, virtualMs) }))
    .filter(({ virtualMs, wire }) => {
      // Steps fall on whole milliseconds after the start, so half a millisecond earlier is before this one.
      const before = world.wireDeployment(endpoint, deployment, virtualMs - 0.5);
      return virtualMs === deployment.startsAtMs || JSON.stringify(before) !== JSON.stringify(wire);
    });
}

function toChange(at: number, endpointId: string, wire: JsonValue, by: Change["by"]): Change {
  const fields = isJsonObject(wire) ? wire : {};
  return {
    at,
    endpointId,
    deploymentId: toText(fields["id"]),
    status: fields["rollout_status"] ?? fields["state"] ?? null,
    updated: fields["updated_replicas"] ?? null,
    by,
  };
}

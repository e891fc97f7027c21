import { ChangeLog } from "./change-log";
import { VirtualClock } from "./clock";
import { FaultList } from "./faults/fault-list";
import { MetricsCalls } from "./metrics-calls";
import { RequestLog } from "./request-log";
import type { Scenario } from "./scenario";
import { StatusPage } from "./status-page";
import { VersionChanges } from "./version-changes";
import type { World } from "./world";
import { buildWorld } from "./world";

/** The upstream's listening port, which a fault can close and reopen. */
export type UpstreamPort = { readonly url: () => string; readonly setOpen: (open: boolean) => Promise<void> };

export type SimulationOptions = {
  readonly scenario: Scenario;
  readonly speed: number;
  readonly seed: number;
  readonly key: string;
  readonly inferenceKey: string;
};

type LoadOptions = { readonly speed?: number | undefined; readonly seed?: number | undefined };

/** Everything that one simulator process holds: the running scenario, its clock, faults and logs. */
export class Simulation {
  readonly requests = new RequestLog();
  readonly faults = new FaultList();
  readonly metricsCalls = new MetricsCalls();
  readonly versionChanges = new VersionChanges();
  readonly statusPage = new StatusPage();
  readonly #options: SimulationOptions;
  #acceptedKeys: ReadonlySet<string>;
  #inferenceKeys: ReadonlySet<string>;
  #scenario: Scenario;
  #seed: number;
  #clock: VirtualClock;
  #world: World;
  #changes = new ChangeLog();

  constructor(options: SimulationOptions) {
    const { scenario, speed, seed, key } = options;
    this.#options = options;
    this.#acceptedKeys = new Set([key]);
    this.#inferenceKeys = new Set([options.inferenceKey]);
    this.#scenario = scenario;
    this.#seed = seed;
    this.#clock = new VirtualClock(Date.now, speed);
    this.#world = buildWorld(scenario, seed, this.#clock);
    this.statusPage.set(this.#world.incidents());
  }

  get clock(): VirtualClock {
    return this.#clock;
  }

  get world(): World {
    return this.#world;
  }

  get scenario(): Scenario {
    return this.#scenario;
  }

  get seed(): number {
    return this.#seed;
  }

  get acceptedKeys(): ReadonlySet<string> {
    return this.#acceptedKeys;
  }

  acceptKeys(keys: readonly string[]): void {
    this.#acceptedKeys = new Set(keys);
  }

  /** The keys that the Metrics API accepts. */
  get inferenceKeys(): ReadonlySet<string> {
    return this.#inferenceKeys;
  }

  acceptInferenceKeys(keys: readonly string[]): void {
    this.#inferenceKeys = new Set(keys);
  }

  /**
   * Replaces everything but the request log: world, clock, faults, changes, accepted keys.
   * Speed and seed are those of the process's start unless given.
   */
  load(scenario: Scenario, { speed = this.#options.speed, seed = this.#options.seed }: LoadOptions): void {
    this.#scenario = scenario;
    this.#seed = seed;
    this.#clock = new VirtualClock(Date.now, speed);
    this.#world = buildWorld(scenario, seed, this.#clock);
    this.#changes = new ChangeLog();
    this.#acceptedKeys = new Set([this.#options.key]);
    this.#inferenceKeys = new Set([this.#options.inferenceKey]);
    this.faults.clear();
    this.metricsCalls.clear();
    this.versionChanges.clear();
    this.statusPage.set(this.#world.incidents());
  }

  /** The change log, brought up to date. Also called before anything is altered, so that no change is lost. */
  changes(): ChangeLog {
    this.#changes.collect(this.#world, this.#clock);
    return this.#changes;
  }
}

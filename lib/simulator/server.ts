import { controlListener } from "./control/listener";
import { listenOnLoopback } from "./listening";
import { findScenario, SCENARIOS } from "./scenarios/catalog";
import { Simulation } from "./simulation";
import { upstreamListener } from "./upstream/listener";

/** Ports are TCP ports on 127.0.0.1 (0 picks a free one); speed is virtual ms per real ms. */
export type SimulatorOptions = {
  readonly port?: number;
  readonly controlPort?: number;
  readonly scenario?: string;
  readonly speed?: number;
  readonly seed?: number;
  readonly key?: string;
  readonly inferenceKey?: string;
};

export type Simulator = {
  readonly upstreamUrl: string;
  readonly controlUrl: string;
  /** Stops listening and destroys every open connection. */
  readonly close: () => Promise<void>;
};

export const DEFAULT_KEY = "simulator-management-key";
const DEFAULT_INFERENCE_KEY = "simulator-inference-key";

const COLLECT_EVERY_MS = 1000;

/** Starts the upstream API and the control API. Rejects on an unknown scenario or a port that is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    controlPort = 0,
    scenario: name = "demo",
    speed = 1,
    seed = 1,
    key = DEFAULT_KEY,
    inferenceKey = DEFAULT_INFERENCE_KEY,
  } = options;
  const scenario = findScenario(name);
  if (scenario === undefined) {
    throw new Error(
      `No scenario is called '${name}'. Scenarios: ${SCENARIOS.map((one) => one.name).join(", ")}`,
    );
  }
  const simulation = new Simulation({ scenario, speed, seed, key, inferenceKey });
  const upstream = await listenOnLoopback(upstreamListener(simulation), port);
  const control = await listenOnLoopback(controlListener(simulation, upstream), controlPort).catch(
    async (error: unknown) => {
      await upstream.setOpen(false);
      throw error;
    },
  );
  // So that the first GET /changes after a long while has little to catch up on.
  const collecting = setInterval(() => simulation.changes(), COLLECT_EVERY_MS);
  collecting.unref();
  return {
    upstreamUrl: upstream.url(),
    controlUrl: control.url(),
    close: async () => {
      clearInterval(collecting);
      await Promise.all([upstream.setOpen(false), control.setOpen(false)]);
    },
  };
}

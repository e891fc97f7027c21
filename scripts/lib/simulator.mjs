import { launch } from "./children.mjs";
import { fromRoot } from "./root.mjs";

export const SIMULATOR = ["--import", "tsx", fromRoot("lib/simulator/main.ts")];

/**
 * Starts the simulator. `whereabouts` resolves to what it prints first: the two addresses it listens on and
 * the key it accepts.
 */
export function startSimulator({ scenario, onLine }) {
  let tell;
  const addresses = new Promise((resolve) => (tell = resolve));
  const child = launch(
    process.execPath,
    [...SIMULATOR, "--port", "0", "--control-port", "0", "--scenario", scenario],
    { onLine: (line) => (line.startsWith("{") && tell(JSON.parse(line)), onLine(line)) },
  );
  return { ...child, addresses };
}

import { launch } from "./children.mjs";
import { fromRoot } from "./root.mjs";

export const SIMULATOR = ["--import", "tsx", fromRoot("lib/simulator/main.ts")];

/**
 * Starts the simulator. `addresses` resolves to its first line: the two addresses it listens on and the key
 * it accepts.
 */
export function startSimulator({ scenario, onLine }) {
  let resolveAddresses;
  const addresses = new Promise((resolve) => (resolveAddresses = resolve));
  const child = launch(
    process.execPath,
    [...SIMULATOR, "--port", "0", "--control-port", "0", "--scenario", scenario],
    { onLine: (line) => (line.startsWith("{") && resolveAddresses(JSON.parse(line)), onLine(line)) },
  );
  return { ...child, addresses };
}

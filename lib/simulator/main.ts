import { parseFlags } from "./flags";
import { startSimulator } from "./server";
import { ORGANIZATION_ID } from "./upstream/metrics";

const USAGE_ERROR = 2;

// Exiting destroys whatever is open, hung requests included, so there is nothing to wait for.
process.once("SIGTERM", () => process.exit(0));
process.once("SIGINT", () => process.exit(0));

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags["exit-with-parent"]) exitWhenInputCloses();
  const simulator = await startSimulator({
    port: flags.port,
    controlPort: flags["control-port"],
    scenario: flags.scenario,
    speed: flags.speed,
    seed: flags.seed,
    key: flags.key,
    inferenceKey: flags["inference-key"],
  });
  const line = {
    upstream: simulator.upstreamUrl,
    control: simulator.controlUrl,
    key: flags.key,
    inferenceKey: flags["inference-key"],
    organizationId: ORGANIZATION_ID,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(USAGE_ERROR);
}

/** The pipe on standard input closes when the parent dies, in any way. */
function exitWhenInputCloses(): void {
  process.stdin.once("close", () => process.exit(0)).resume();
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVER, ensureBuild } from "./lib/application.mjs";
import { launch } from "./lib/children.mjs";
import { failWhenEnded, lastWords, untilReady } from "./lib/services.mjs";
import { demonstrationSettings, invitation } from "./lib/demonstration.mjs";
import { freePort } from "./lib/free-port.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { say } from "./lib/say.mjs";
import { startSimulator } from "./lib/simulator.mjs";

endWhenInterrupted({ isExpected: true });
await ensurePackages();
await ensureBuild();

say("Starting the simulator and Rollcall …");
const directory = mkdtempSync(join(tmpdir(), "rollcall-demo-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));

const simulatorSaid = lastWords();
const simulator = startSimulator({ scenario: "demo", onLine: simulatorSaid.add });
failWhenEnded("The simulator", simulator, simulatorSaid);

const port = await freePort(Number(process.env.PORT) || 3000);
const settings = demonstrationSettings({
  simulator: await simulator.addresses,
  port,
  database: join(directory, "rollcall.db"),
});
const rollcallSaid = lastWords();
const rollcall = launch(process.execPath, [SERVER], { env: settings, onLine: rollcallSaid.add });
failWhenEnded("Rollcall", rollcall, rollcallSaid);

await untilReady(`http://localhost:${port}/readyz`, 60_000);
say(invitation(port));

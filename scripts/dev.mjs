import { mkdirSync, rmSync } from "node:fs";
import { launch } from "./lib/children.mjs";
import { failWhenEnded, untilReady } from "./lib/services.mjs";
import { invitation, prepareDemonstration } from "./lib/demonstration.mjs";
import { freePort } from "./lib/free-port.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";
import { say } from "./lib/say.mjs";

endWhenInterrupted({ isExpected: true });
await ensurePackages();

// Each start creates a new simulated past, so the record of the previous one has to go.
const directory = fromRoot(".cache/dev");
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });

const port = await freePort(Number(process.env.PORT) || 3000);
const settings = await prepareDemonstration({ directory, port });
const next = launch(
  process.execPath,
  [fromRoot("node_modules/next/dist/bin/next"), "dev", "--port", String(port), "--hostname", "127.0.0.1"],
  { env: { ...settings, NODE_ENV: "development" } },
);
failWhenEnded("Rollcall", next, "(see above)");

await untilReady(`http://localhost:${port}/readyz`, 120_000);
say(await invitation(port));
say(`Control the simulator at ${settings.ROLLCALL_DEMO_CONTROL} (see lib/simulator/README.md).`);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVER, ensureBuild, isBuilt } from "./lib/application.mjs";
import { launch } from "./lib/children.mjs";
import { failWhenEnded, lastWords, untilReady } from "./lib/services.mjs";
import { invitation, prepareDemonstration } from "./lib/demonstration.mjs";
import { freePort } from "./lib/free-port.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages, hasPackages } from "./lib/packages.mjs";
import { during, planSteps } from "./lib/progress.mjs";
import { say } from "./lib/say.mjs";

endWhenInterrupted({ isExpected: true });
planSteps([!hasPackages(), !isBuilt(), true].filter((isNeeded) => isNeeded).length);
await ensurePackages();
await ensureBuild();

const port = await freePort(Number(process.env.PORT) || 3000);
await during("Recording 30 days of simulated history, and starting Rollcall", async () => {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-demo-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const env = await prepareDemonstration({ directory, port });
  const rollcallSaid = lastWords();
  const rollcall = launch(process.execPath, [SERVER], { env, onLine: rollcallSaid.add });
  failWhenEnded("Rollcall", rollcall, rollcallSaid);
  await untilReady(`http://localhost:${port}/readyz`, 60_000);
});
say(await invitation(port));

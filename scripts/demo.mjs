import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVER, ensureBuild, isBuilt } from "./lib/application.mjs";
import { launch } from "./lib/children.mjs";
import { failWhenEnded, lastWords, untilReady } from "./lib/services.mjs";
import { invitation, prepareDemonstration, withSignIn } from "./lib/demonstration.mjs";
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
const twinPort = await freePort(port + 1);
const signIn = `http://localhost:${twinPort}/sign-in`;
await during("Recording 30 days of simulated history, and starting Rollcall", async () => {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-demo-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const env = await prepareDemonstration({ directory, port });
  const twin = withSignIn({ directory, port: twinPort }, env);
  await Promise.all([start({ ...env, ROLLCALL_DEMO_SIGN_IN: signIn }), start(twin)]);
});
say(await invitation(port, signIn));

async function start(env) {
  const said = lastWords();
  const rollcall = launch(process.execPath, [SERVER], { env, onLine: said.add });
  failWhenEnded("Rollcall", rollcall, said);
  await untilReady(`${env.ROLLCALL_URL}/readyz`, 60_000);
}
